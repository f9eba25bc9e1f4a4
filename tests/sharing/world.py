"""A small linked world whose reports carry marks: every value of each can be told from those of every other."""

from __future__ import annotations

from typing import Any

import pandas as pd

from linkage.linker import Linker
from linkage.report import Consent, Report
from linkage.store import Found, Store

MEMBERS = ("qxid1", "qxid2", "qxid3", "qxid4", "qxid5")
FORCES = ("Invented North Police", "Invented South Police")
OWN_WORDS = "qxvictim{n} told qxproject{n} that she was in her flat"
"""What no export may hold, whatever is consented to: the account and everything around it."""


def marked(number: int) -> dict[str, Any]:
    """A report of which each value that is its own holds `qx` and its number."""
    n, own = number, OWN_WORDS.format(n=number)
    return {
        "report_id": f"qxid{n}",
        "report_type": "full",
        "follows": f"qxfollows{n}",
        "received": f"2023-12-0{n}",
        "series": f"qxtruth{n}",
        "source": {"kind": f"qxsource{n}", "evaluation": 2, "assessment": "B", "handling": "P"},
        "occurred": {"from": f"2023-0{n}-0{n}", "hour_min": 20 + n / 10, "raw": {"from": f"qxraw{n} {own}"}},
        "place": {
            "text": f"Qxtown{n}, 7 Qxstreet{n}", "town": f"Qxtown{n}", "postcode": f"QX{n} 1AB",
            "precision": "address",
            "lat": 53.11111 + n / 10, "lon": -2.22222 - n / 10, "radius_m": 150, "venue": "flat",
            "admin": {"police_force": FORCES[n % 2]}, "raw": {"text": f"qxraw{n}"},
        },
        "contact": {"method": "phone", "place": f"qxcontact{n} by her door"},
        "offences": ["rape", f"qxoffence{n} {own}"],
        "behaviours": {"present": ["gags_or_blindfolds", f"qxbehaviour{n} {own}"], "absent": [f"qxabsent{n}"]},
        "suspects": [
            {
                "sex": "male", "build": ["stocky"], "marks": ["anchor tattoo on neck", f"qxmark{n}"],
                "clothing": [f"qxclothing{n}"], "accent": [f"qxaccent{n}"], "names_used": [f"Qxname{n}"],
                "other": f"qxother{n} {own}", "raw": {"build": f"qxraw{n}"}, "age": {"min": 30 + n, "max": 40 + n},
            }
        ],
        "vehicles": [{"make": "Saab", "registration": f"QX0{n}ABC", "features": [f"qxfeature{n}", own]}],
        "identifiers": [{"kind": "phone", "value": f"0770090000{n}"}, {"kind": "username", "value": f"qxuser{n}"}],
        "weapons": [f"qxweapon{n}"],
        "speech": ["you will not forget the lighthouse", f"qxspeech{n} you"],
        "narrative": f"qxnarrative{n}. {own}. He had an anchor tattoo.",
        "warnings": [f"qxwarning{n}"],
    }  # fmt: skip


NEVER = (
    *("qxfollows", "qxtruth", "qxsource", "qxraw", "qxvictim", "qxproject", "qxcontact", "qxoffence", "qxbehaviour"),
    *("qxabsent", "qxother", "qxweapon", "qxnarrative", "qxwarning", "qxstreet", "qxid", "her flat", " 1ab"),
)
"""Beginnings of marks, in lower case, that no export may hold of any report."""


def marks_of(number: int) -> list[str]:
    """Marks of one report, in lower case, that an export may hold where it is consented to."""
    words = ("qxtown", "qxmark", "qxclothing", "qxaccent", "qxname", "qxfeature", "qxuser", "qxspeech", "0770090000")
    own = [f"qx{number}", f"qx0{number}abc", f'"lat": 53.{number + 1}1', f"2023-0{number}-0{number}"]
    return [*(f"{word}{number}" for word in words), *own]


def world(consents: dict[str, Consent] | None = None) -> list[Report]:
    """The series of five, among others that share nothing."""
    rows = [Report.model_validate(marked(number)) for number in range(1, 6)]
    rows += [
        Report.model_validate(
            {
                "report_id": f"zz{number}", "occurred": {"from": f"2022-{number % 12 + 1:02}-11"},
                "suspects": [{"sex": "male", "build": [("slim", "large")[number % 2]]}],
                "vehicles": [{"make": ("Ford", "Kia", "Audi")[number % 3]}],
                "behaviours": {"present": [("steals_cash", "grabs")[number % 2]]},
            }
        )
        for number in range(20)
    ]  # fmt: skip
    given = consents or {}
    return [report.model_copy(update={"consent": given.get(report.report_id, Consent())}) for report in rows]


EVERYTHING = Consent(alert=True, police=True, scas=True)


def fill(store: Store, reports: list[Report]) -> None:
    """Keep the reports, and a run that has the five in one series."""

    class Batch:
        rejects = ()

    Batch.reports = reports  # type: ignore[attr-defined]
    linker = Linker().fit(reports)
    pairs = linker.score(reports)
    linker.cluster(pairs)
    rows = [("S-qxid1", name, "core", 1.5) for name in MEMBERS]
    series = pd.DataFrame(rows, columns=["series_id", "report_id", "role", "fit"])
    store.import_batch(Batch(), "world.jsonl")  # type: ignore[arg-type]
    store.save_run(Found(pairs, series, linker.incidents_, linker.ambiguous_, dict(linker.run_record_)))
