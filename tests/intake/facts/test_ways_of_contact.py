"""Ways in which people say how contact was made: one sentence a line under the method it tells."""

from __future__ import annotations

import pytest

from linkage.intake.facts import contact
from linkage.intake.setting import SURE

WAYS = {
    "kerb_by_car": """
        A silver car drew level with her and the driver leaned across
        He slowed right down next to the two of us and opened the door
        Driver flashed his lights and she walked over
        She was offered a lift by a man in a blue van
        He asked through the window how much
        Driver called her over
        she approached the car and agreed a price
        She got into the vehicle
        Took her in his car to a lane
        He took me in his car
        He drove her to a field
        Woman was collected in a red Astra
        He collected her from the corner in a white van
        She went with him in his car
        She went off with a man in a taxi
        I go in his car
        I sit in his car and he drive
        he say come in car
        car came and stopped, man asked how much
        A car stopped, the window came down
        He parked up and whistled at her
        Bloke on a motorbike pulled up
        Taxi driver offered her free ride for sex
        Pulled in next to the bus stop
        Cruising the beat in a grey Audi
        Worker went with punter in car
        Punter in blue Focus took worker to car park
        White van man picking up girls on Hope Street
        Flagged her down from his lorry
        Hooted his horn at her
        he beeped at me and I went over
        He kept driving past and then stopped
        Two men in a car stopped beside the girls
        Got in car with him
        jumped in his motor
        He let her into the passenger seat
        He refused to let her out of the car
        He pushed her out of the car
        drove off with her still in the car
    """,
    "kerb_on_foot": """
        A man walked up and asked was she working
        He approached from behind as she stood on the corner
        Stopped by a man on foot
        He came over on his bike
        a cyclist stopped to talk to her
        She was approached by a man outside the shop
        He asked her for a light
        He asked her for directions
        He followed her from the bus stop
        He was hanging about on the corner and spoke to her
        man stop me on street and ask price
        He come to me in the street
        They walked together to the park
        She met him on the street
        Met on the street
        met on foot
        He walked along with her
        She was working on the street when he came up
        propositioned her outside the chemist's
        Punter on foot
        approached by male on foot
        man came out of an alley and asked for business
    """,
    "phone": """
        He phoned to make a booking
        Rang up for an outcall
        He called for a booking
        call from a private number
        booked over the telephone
        booked on the phone
        appointment by telephone
        Booking made by mobile
        he call me and ask address
        He called my phone at 3
        rang the flat and asked for an hour
        He rang for a half hour appointment
        booked with number ending 233
        client from phone booking
        phone client
        Used number 07700 900123 to book
        Caller gave name as John
        he ring and say he want massage
        arranged by phone
        He telephoned first
        He'd rung earlier in the day
        He made the booking under the name Paul
        rang asking for a duo
        He rang the parlour beforehand
    """,
    "text": """
        He texted asking for an appointment
        Text from 07700 900456 asking for half hour
        booked by WhatsApp
        whatsapp booking
        WhatsApp message to say outside
        He messaged me on WhatsApp
        he write me on whatsapp
        arranged it all by text
        sms booking
        texted twice
        he send message he want one hour
        He sent texts to arrange
    """,
    "web": """
        Booked through her website
        He contacted via her profile on an escort site
        He found me on the internet
        Found her on a classified site
        from my advert
        He saw my advert on the site
        replied to my ad
        booked from website
        client from internet
        made the booking online
        contact through online advert
        advert on an adult site
        He used the site's message service
        met on the internet
        met online
        booking came through the site
        he find my profile in site
        booked via an adult services website
        booked her through an online directory
    """,
    "app": """
        They matched on a dating app
        met on Tinder
        Contact was through a dating app
        He contacted her on an app
        Booked via the app
        from grindr
    """,
    "social_media": """
        He added her on Snapchat
        Facebook message
        He got in touch on Facebook
        messaged on Instagram
        contacted her via Twitter
        sent a friend request
        DM on insta
        Using the Instagram name kingpin
    """,
    "email": """
        He e-mailed her
        Emailed twice before the booking
        Booked by email
        sent emails from an address
        contact by e mail
        he write email
        Arrangements were made by e-mail
    """,
    "agency": """
        The agency arranged it
        booked through her agency
        agency client
        Agency booking
        agency gave me the address
        the agency took the booking
        sent by an agency
        my agency say he is good client
        Booked via escort agency
    """,
    "walk_in": """
        He walked in to the parlour
        Came in off the street
        He came to the door with no booking
        He just turned up at the flat
        knocked at the door of the flat
        turned up without calling
        rang the bell of our flat
        buzzed up at the parlour
        He came in and asked the receptionist for a massage
        Walk-in customer
        not booked
        No booking, he came to the door
        He came to the sauna
        customer come in the shop
        came in at closing time wanting a massage
    """,
    "returning": """
        He was a regular
        He'd been a client of hers for two years
        She had seen him before
        he has been to me before
        He came back a week later
        A client she knew
        Known client
        someone she'd seen a few times
        client I know from before
        He has come three times
        It was his third visit
        a customer of two years
        he is my old client
        Saw him twice last year
        he was here last month too
    """,
    "third_party": """
        A friend gave him her number
        introduced by a friend
        another girl sent him
        Her dealer brought him
        Her boyfriend arranged it
        Another worker passed on the job
        via another worker
        recommended by other girl
        the taxi driver brought him
    """,
    "venue_bar": """
        They met in a nightclub
        She met him at a bar
        He bought her a drink in a pub
        got talking in the club
        He met her at the casino bar
        approached in a hotel bar
        met man in disco
        at the lap dancing club where she works
    """,
}
NONE = """
    where is the drop in this week
    his caravan on the site at Skegness
    A milkman in a white van stopped to help her.
    He was a regular visitor to the library
    He got in touch with his feelings
    She got in late
    a bus pulled in and the driver got down
    Police appealed for a man they know of
    ring the project if you see the car
    She caught a bus home
    We met on Monday to talk about it
    He was seen to walk with a limp
"""


def _lines(block: str) -> list[str]:
    return [line.strip() for line in block.strip().splitlines()]


@pytest.mark.parametrize(("method", "said"), [(key, line) for key, block in WAYS.items() for line in _lines(block)])
def test_a_way_of_making_contact_is_read(method: str, said: str) -> None:
    found = [f for f in contact.find(said) if not f.negated and f.confidence >= SURE]
    assert found
    assert max(found, key=lambda f: (f.confidence, -f.start)).value == method


@pytest.mark.parametrize("said", _lines(NONE))
def test_other_sentences_tell_no_contact(said: str) -> None:
    assert [f.value for f in contact.find(said) if not f.negated and f.confidence >= SURE] == []
