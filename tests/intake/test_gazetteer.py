"""Words to points, points to areas, and the tables behind both."""

import csv
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.geography import distance_km
from linkage.intake.gazetteer import tables as gazetteer_tables
from linkage.intake.gazetteer.build import build_from_os_open_names
from linkage.intake.gazetteer.resolution import Gazetteer, gazetteer
from linkage.intake.gazetteer.tables import expand, load_tables, rows
from tests.rows import each_row

resolve = gazetteer().resolve


@each_row(
    ("words", "town", "precision", "spot", "within_km"),
    [
        ("Moss Side, Manchester", "Manchester", "district", (53.456, -2.243), 2),
        ("moss side", "Manchester", "district", (53.456, -2.243), 2),
        ("MAIDA VALE, LONDON", "London", "district", (51.527, -0.190), 1),
        ("Harehills, Leeds", "Leeds", "district", (53.810, -1.515), 2),
        ("Leeds (Harehills)", "Leeds", "district", (53.810, -1.515), 2),
        ("Toxteth", "Liverpool", "district", (53.388, -2.970), 2),
        ("King's Cross", "London", "district", (51.531, -0.123), 1),
        ("Balsall Heath, B'ham", "Birmingham", "district", (52.458, -1.885), 2),
        ("Hillfields, Coventry", "Coventry", "district", (52.413, -1.500), 2),
        ("Leith", "Edinburgh", "district", (55.972, -3.172), 2),
        ("the Gorbals", "Glasgow", "district", (55.848, -4.250), 2),
        ("Piccadilly, Manchester", "Manchester", "district", (53.479, -2.236), 1),
        ("Piccadilly, London", "London", "district", (51.508, -0.138), 1),
        ("Clifton, Nottingham", "Nottingham", "district", (52.905, -1.175), 2),
        ("Clifton Bristol", "Bristol", "district", (51.456, -2.618), 2),
        ("Chapeltown", "Leeds", "district", (53.820, -1.530), 2),
        ("Chapeltown, Sheffield", "Chapeltown", "town", (53.462, -1.466), 2),
        ("Kestrel Street Manchester", "Manchester", "town", (53.481, -2.237), 1),
        ("Manchester, Kestrel Street", "Manchester", "town", (53.481, -2.237), 1),
        ("London Road, Sheffield", "Sheffield", "town", (53.383, -1.466), 1),
        ("Church St, St Helens", "St Helens", "town", (53.453, -2.737), 1),
        ("a car park off Chapeltown Road in Leeds", "Leeds", "town", (53.797, -1.548), 1),
        ("car park in Coventry", "Coventry", "town", (52.407, -1.512), 1),
        ("near Leeds", "Leeds", "town", (53.797, -1.548), 1),
        ("just outside Stoke", "Stoke-on-Trent", "town", (53.004, -2.185), 1),
        ("Liverpool city centre", "Liverpool", "district", (53.410, -2.978), 1),
        ("Manchestr", "Manchester", "town", (53.481, -2.237), 1),
        ("Livepool", "Liverpool", "town", (53.410, -2.978), 1),
        ("Birmigham", "Birmingham", "town", (52.481, -1.900), 1),
        ("Brimingham", "Birmingham", "town", (52.481, -1.900), 1),
        ("Mcr", "Manchester", "town", (53.481, -2.237), 1),
        ("Brum", "Birmingham", "town", (52.481, -1.900), 1),
        ("Soton", "Southampton", "town", (50.904, -1.404), 1),
        ("L'pool", "Liverpool", "town", (53.410, -2.978), 1),
        ("Hull", "Kingston upon Hull", "town", (53.745, -0.335), 1),
        ("Stoke-on-Trent", "Stoke-on-Trent", "town", (53.004, -2.185), 1),
        ("Newport", "Newport", "town", (51.588, -2.998), 1),
        ("Newport, Shropshire", "Newport", "town", (52.769, -2.379), 1),
        ("Chester-le-Street", "Chester-le-Street", "town", (54.859, -1.574), 1),
        ("Station Road, Chester-le-Street", "Chester-le-Street", "town", (54.859, -1.574), 1),
        ("Middleton", "Middleton", "town", (53.550, -2.200), 1),
        ("Middleton, Leeds", "Leeds", "district", (53.750, -1.543), 2),
        ("Newport, Isle of Wight", "Newport", "town", (50.701, -1.291), 1),
        ("Premier Inn, Reading", "Reading", "town", (51.456, -0.971), 1),
        ("Bradford, W Yorks", "Bradford", "town", (53.794, -1.752), 1),
        ("M14", "Manchester", "district", (53.450, -2.226), 1),
        ("m14 5ab", "Manchester", "district", (53.454, -2.220), 1),
        ("Flat near BT7", "Belfast", "district", (54.580, -5.925), 1),
        ("M6 near Stafford", "Stafford", "town", (52.806, -2.117), 1),
        ("Bury St Edmunds", "Bury St Edmunds", "town", (52.246, 0.711), 1),
        ("Hull Hessle Rd", "Kingston upon Hull", "district", (53.741, -0.368), 2),
        ("SW1", "London", "district", (51.495, -0.138), 1),
        ("Greater Manchester", None, "region", (53.49, -2.28), 10),
        ("the North West", None, "region", (53.6, -2.7), 25),
        ("Kent", None, "region", (51.27, 0.72), 15),
    ],
)
def test_words_become_the_place_they_name(words, town, precision, spot, within_km):
    found = resolve(words)
    assert (found.town, found.precision) == (town, precision)
    assert distance_km(found.lat, found.lon, *spot) < within_km
    assert found.radius_m > 0


@each_row("words", ["", "hotel room", "off Junction 12 M6", "client's home", "???"])
def test_words_that_name_no_place_stay_words(words):
    assert resolve(words) is None


@each_row(
    ("wider", "narrower"),
    [
        ("near Leeds", "Leeds"), ("Leeds", "Harehills, Leeds"), ("Leeds", "Leeds city centre"),
        ("Lancashire", "Preston"), ("M14", "M14 5AB"), ("London", "Bolton"), ("North West", "Greater Manchester"),
    ],
)  # fmt: skip
def test_the_vaguer_the_words_the_wider_the_radius(wider, narrower):
    assert resolve(wider).radius_m > resolve(narrower).radius_m


def test_compass_words_move_a_city_s_centre():
    assert resolve("north London").lat > resolve("London").lat > resolve("south London").lat


@each_row("words", ["High Street", "London Road", "Church Lane"])
def test_a_street_that_every_town_has_is_nowhere_alone(words):
    found = resolve(words)
    assert (found.precision, found.lat, found.note) == ("street", None, "street without a town")


def test_a_street_without_its_own_point_says_so():
    assert "street not in the gazetteer" in resolve("Kestrel Street, Manchester").note


def test_a_name_of_several_places_says_so_unless_words_decide():
    assert "several places" in resolve("Newport").note
    assert resolve("Newport, Shropshire").note is None


@each_row(
    ("words", "force", "region"),
    [
        ("Manchester", "Greater Manchester Police", "North West"),
        ("Wigan", "Greater Manchester Police", "North West"),
        ("Southport", "Merseyside Police", "North West"),
        ("Ormskirk", "Lancashire Constabulary", "North West"),
        ("Leeds", "West Yorkshire Police", "Yorkshire and the Humber"),
        ("Goole", "Humberside Police", "Yorkshire and the Humber"),
        ("Worksop", "Nottinghamshire Police", "East Midlands"),
        ("Chesterfield", "Derbyshire Constabulary", "East Midlands"),
        ("Rugby", "Warwickshire Police", "West Midlands"),
        ("Coventry", "West Midlands Police", "West Midlands"),
        ("Redditch", "West Mercia Police", "West Midlands"),
        ("Crawley", "Sussex Police", "South East"),
        ("Luton", "Bedfordshire Police", "East of England"),
        ("Grays", "Essex Police", "East of England"),
        ("Croydon", "Metropolitan Police", "London"),
        ("EC3", "City of London Police", "London"),
        ("Swindon", "Wiltshire Police", "South West"),
        ("Newport", "Gwent Police", "Wales"),
        ("Wrexham", "North Wales Police", "Wales"),
        ("Glasgow", "Police Scotland", "Scotland"),
        ("Berwick-Upon-Tweed", "Northumbria Police", "North East"),
        ("Belfast", "Police Service of Northern Ireland", "Northern Ireland"),
    ],
)
def test_a_place_lies_in_its_force_and_region(words, force, region):
    found = resolve(words)
    assert (found.forces[0], found.region) == (force, region)


def test_a_border_district_names_every_force_it_may_lie_in():
    assert resolve("WA3").forces == ("Greater Manchester Police", "Cheshire Constabulary")


def test_every_postcode_district_has_a_force_and_a_region():
    tables = load_tables()
    homeless = [
        code for code in tables.postcodes if not all(gazetteer_tables.jurisdiction(tables.jurisdictions, code))
    ]
    assert homeless == []


@pytest.mark.parametrize(
    ("lat", "lon", "town"),
    [
        (53.459, -2.240, "Manchester"),
        (51.527, -0.19, "London"),
        (52.413, -1.5, "Coventry"),
        (54.58, -5.93, "Belfast"),
    ],
)
def test_a_point_is_given_its_town(lat, lon, town):
    assert gazetteer().nearest(lat, lon).town == town


@pytest.mark.parametrize("point", [(40.7, -74.0), (48.85, 2.35), (55.0, 3.0), (-33.9, 151.2)])
def test_a_point_abroad_has_no_uk_areas(point):
    assert gazetteer().nearest(*point) == type(gazetteer().nearest(*point))()


@given(st.text(max_size=80))
@settings(max_examples=200)
def test_resolving_never_raises(words):
    found = resolve(words)
    assert found is None or found.text == words


def test_ranges_of_codes_unfold_and_nonsense_is_refused():
    assert list(expand("M CH41-43")) == ["M", "CH41", "CH42", "CH43"]
    with pytest.raises(ValueError, match="no postcode"):
        list(expand("Manchester"))


def test_every_curated_area_stands_in_a_known_town_and_district():
    tables = load_tables()
    for row in rows("areas.csv"):
        assert gazetteer_tables.fold(row["town"]) in tables.names, row
        assert all(code in tables.postcodes for code in row["codes"].split()), row


def test_the_extracts_are_small():
    from importlib.resources import files

    folder = files("linkage.vocabulary").joinpath("data/places")
    assert sum(len(part.read_bytes()) for part in folder.iterdir() if part.is_file()) < 1_000_000


COLUMNS = 34


def _open_names_row(name, local_type, where, place="", box=("", "", "", "")):
    row = [""] * COLUMNS
    row[0], row[2], row[6], row[7], row[8:10] = "osgb1", name, "transportNetwork", local_type, where
    row[12:16], row[16], row[18] = box, "M1", place
    return row


@pytest.fixture
def open_names(tmp_path):
    lines = [
        _open_names_row(
            "Kestrel Street", "Named Road", ((384700, 397900)), "Manchester", (384600, 397800, 384800, 398000)
        ),
        _open_names_row("Little Imagining", "Hamlet", ((350000, 470000))),
        _open_names_row("Manchester Airport", "Airport", ((381500, 385000))),
        _open_names_row("Broken Road", "Named Road", (("east", 385000))),
        ["too", "short"],
    ]
    path = tmp_path / "opname_csv_gb.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Doc/OS_Open_Names_Header.csv", ",".join(f"COLUMN{i}" for i in range(COLUMNS)))
        archive.writestr("Data/SJ89.csv", "\n".join(",".join(map(str, line)) for line in lines))
    return path


def test_os_open_names_becomes_streets_and_settlements(open_names, tmp_path):
    out = tmp_path / "gazetteer.csv"
    assert build_from_os_open_names(open_names, out) == 2
    street, hamlet = csv.DictReader(out.open(encoding="utf-8"))
    assert (street["name"], street["kind"], street["town"]) == ("Kestrel Street", "street", "Manchester")
    assert distance_km(float(street["lat"]), float(street["lon"]), 53.478, -2.232) < 0.2
    assert float(street["radius_m"]) == pytest.approx(141, abs=1)
    assert hamlet["name"] == "Little Imagining"


def test_the_users_own_table_gives_streets_a_point(open_names, tmp_path, monkeypatch):
    out = tmp_path / "gazetteer.csv"
    build_from_os_open_names(open_names, out)
    monkeypatch.setenv("LINKAGE_GAZETTEER", str(out))
    own = Gazetteer(load_tables.__wrapped__())
    street = own.resolve("Kestrel Street, Manchester")
    assert (street.precision, street.town, street.note) == ("street", "Manchester", None)
    assert street.radius_m < 200
    assert own.resolve("Kestrel Street, Leeds").precision == "town"
    assert own.resolve("Little Imagining").precision == "town"


def test_a_file_without_open_names_is_refused_and_leaves_the_old_table(tmp_path):
    out = tmp_path / "gazetteer.csv"
    out.write_text("kept")
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b,c\n1,2,3\n")
    with pytest.raises(ValueError, match="no roads or settlements"):
        build_from_os_open_names(wrong, out)
    with pytest.raises(FileNotFoundError, match="not found"):
        build_from_os_open_names(tmp_path / "missing.zip", out)
    assert out.read_text() == "kept"
    assert list(tmp_path.glob("*.part")) == []
