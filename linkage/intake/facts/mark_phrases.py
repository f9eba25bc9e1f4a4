"""Marks told by a whole phrase: lines in an eyebrow, stained hands, gait, habits."""

from __future__ import annotations

from collections.abc import Iterator

from linkage.intake.facts.surface import holds
from linkage.intake.patterns import compiled

_LINE = r"(?:tram ?lines?|lines?|slits?|slashes|slash|notch(?:es)?|nicks?|stripes?|gaps?|steps?)"
_STUFF = (
    r"(?:oil|grease|paint|ink|nicotine|tobacco|dirt|soil|plaster|cement|soot|coal dust|flour|dye|henna|tar|varnish|"
    r"creosote|rust|fake tan|brick dust|chalk|diesel|clay|mud|engine oil|ash|blood)"
)
_EYEBROW = compiled(
    rf"\b(?:shaved\s+)?{_LINE}\s+(?:(?:was|were|had been)\s+)?(?:(?:shaved|cut|razored|clipped)\s+)?(?:in|into|"
    rf"through|out of)\s+"
    r"(?:(?:his|her|the|one|each|both|left|right|of|either|an?)\s+)*(?:eyebrows?|brows?)\b|"
    rf"\beyebrows?\s+with\s+(?:(?:an?|one|two|three|some)\s+)?(?:(?:shaved|cut|razored)\s+)?{_LINE}\b"
)
_STAINED = compiled(
    rf"\b(?:hands|fingers|fingernails|nails|forearms|palms|knuckles)\s+(?:(?:were|was|are|is)\s+)?(?:(?:badly|"
    rf"heavily|deeply)\s+)?"
    rf"(?:stained|ingrained|blackened|covered|caked|spattered|smeared|engrained|grimed|black|white|blue|red|"
    rf"thick)\s+(?:with|in|"
    rf"by)\s+(?:\w+\s+)?{_STUFF}\b|"
    rf"\b{_STUFF}[ -](?:stained|covered|spattered|ingrained|caked|blackened|smeared|grimed)\s+(?:hands|fingers|"
    rf"fingernails|nails|forearms|palms)\b|"
    rf"\b{_STUFF}\s+(?:under|beneath|in)\s+(?:his|her|the)\s+(?:finger)?nails\b"
)
_GAIT = compiled(
    r"\b(?:(?:very|rather|quite|slightly)\s+)?(?:[a-z]+(?:-[a-z]+)?\s+gait|(?:rolling|bouncing|bouncy|swaggering|"
    r"shuffling|waddling|strange|odd|funny|"
    r"peculiar|stiff|stiff-legged|lopsided|lop-sided|awkward|distinctive|unusual|bow-legged|jerky|springy|loping|"
    r"mincing|strutting|rocking|"
    r"duck-like|flat-footed|pigeon-toed|lumbering|cocky)\s+(?:walk|stride)|(?:a|with a)\s+(?:\w+\s+)?(?:waddle|"
    r"swagger))\b"
)
_DOES = (
    r"(?:sniff|blink|cough|sweat|twitch|scratch|wheez|grunt|gulp|yawn|burp|swallow|clearing his throat|"
    r"cleared his throat|licking his lips|licked his "
    r"lips|chewing his nails|biting his nails|grinding his teeth|ground his teeth|cracking his knuckles)(?:ing|ed|"
    r"es|s|e)?"
)
_HABIT = compiled(
    rf"\b(?:kept|keeps|constantly|always|continually|continuously|forever|repeatedly|"
    rf"never stopped)\s+(?:on\s+)?(?P<after>{_DOES})\b|"
    rf"\b(?P<before>{_DOES})\s+(?:all the time|constantly|a lot|a (?:good|great) deal|continually|continuously|"
    rf"repeatedly|throughout|"
    rf"the whole time|all the while|"
    r"every few (?:seconds|moments|minutes))\b|\b(?:habit|mannerism)\s+of\s+(?P<habit>[a-z]+ing(?:\s+(?:his|her|"
    r"the|at\s+the)\s+\w+)?)"
)
"""What somebody does all the time without knowing it: "kept sniffing", "blinking a lot"."""
_ALL_THE_TIME = (
    "kept", "keeps", "constantly", "always", "continually", "continuously", "forever", "repeatedly", "stopped",
    "the time", "a lot", "deal", "throughout", "whole time", "all the while", "every few", "habit", "mannerism",
)  # fmt: skip
_INJURED = compiled(
    r"\b(?:leaving|left|leaves|suffered|suffers|suffering|sustain(?:ed|ing|s)|treated for|needed|(?<!be )nursing|"
    r"recovering from|received|escaped with|"
    r"giving|gave|caused|causing|inflict(?:ed|ing))\s+"
    r"(?:(?:her|him|them|the (?:victim|woman|man|driver|worker|pensioner|teenager|student))\s+)?(?:with\s+)?"
    r"(?:(?:an?|two|several|some|cuts|bruises|bruising|grazes|facial|minor|serious|and|her|badly|possible|"
    r"suspected)[\s,]+)*$"
)
"""Before a hurt that was done in the incident: no mark of the person described ("leaving her with a broken nose")."""
_SITES = (
    r"(?:scalp|head|face|neck|jaw|chin|cheeks?|nose|mouth|lips?|ears?|eyes?|eyebrows?|forehead|hands?|fingers?|"
    r"thumbs?|"
    r"knuckles|wrists?|(?:fore)?arms?|elbows?|shoulders?|chest|back|ribs|legs?|thighs?|knees?|shins?|ankles?|foot|"
    r"feet|groin)"
)
_WHERE = (
    rf"(?:\s+(?:to|on|by|near|beside|behind|above|below|around|round|over|across|in|under)\s+(?:(?:the|his|her|"
    rf"their|one|both|an?|left|right|side|"
    rf"top|back|of)\s+)*{_SITES}\b)"
)
_MAY_HAVE = compiled(
    r"\b(?:may|might|could|will|would|should|likely\s+to|(?:believed|thought|said|known)\s+to|appear(?:s|ed)\s+to|"
    r"seem(?:s|ed)\s+to)\s+(?:\w+\s+){0,2}?(?:have|bear|be\s+(?:carrying|nursing))\s+(?:(?:suffered|sustained|"
    r"received|got|a|"
    r"an?|some|several|visible|now)\s+)*"
    rf"(?P<hurt>(?:(?:fresh|small|minor|serious|deep|noticeable|recent|bad|nasty|painful|sore|"
    rf"long)\s+)*(?:(?:{_SITES}|facial|bite|scratch|burn|cut)\s+)?"
    rf"(?:injur(?:y|ies)|cuts?|scratch(?:es)?|(?<=bite\s)marks?|(?<=scratch\s)marks?|(?<=burn\s)marks?|bruis(?:es|"
    rf"ing)|graz(?:es?|ing)|bites?|burns?|wounds?|swelling){_WHERE}?)"
)
"""A hurt that the attacker may have kept: "may have scratch marks to the right side of his neck"."""
_HURT_NOUNS = ("injur", "cut", "scratch", "mark", "bruis", "graz", "bite", "burn", "wound", "swelling")
_LISTED_HURT = compiled(
    rf"(?:^|[,;/*]|\.\s|\bwith\s|\bhad\s)\s*(?:an?\s+)?(?P<hurt>(?:(?:fresh|small|deep|bad|healing)\s+)?(?:cut|"
    rf"graze|bruise|"
    rf"scratch|scab|gash|blood)(?:e?s)?{_WHERE})(?=\s*(?:[,.;/]|$)|\s+and\b)"
)
"""A hurt as an item of a description: "white, 20s, cut above left eyebrow"."""
_IN_PLASTER = compiled(
    r"\b(?:(?:left|right)\s+)?(?:arm|wrist|hand|leg|ankle|foot|finger|thumb)\s+(?:(?:was|is|"
    r"were)\s+)?in\s+(?:an?\s+)?"
    r"(?:sling|plaster(?:\s+cast)?|cast|splint|brace|bandages?|surgical\s+boot|support)\b|"
    rf"\b(?:(?:walking|plaster|white)\s+)?(?:cast|splint|strapping|bandages?)\s+on\s+(?:(?:his|her|the|one|an?|left|"
    rf"right)\s+)+{_SITES}\b"
)
"""A limb that is bound up: "his arm was in a sling", "a cast on her wrist"."""
_BODY_HAIR = compiled(
    r"\b(?:(?:thick|dark|black|ginger|grey|fair|blond|coarse|long|lots\s+of|brown|"
    r"visible)\s+)*hairs?\s+(?:(?:growing|"
    r"sprouting)\s+)?(?:on|out\s+of|from)\s+(?:(?:the|backs?|of|his|her|their|both)\s+)+"
    r"(?:hands?|knuckles|fingers|(?:fore)?arms?|chest|shoulders|ears|nose|nostrils)\b"
)
"""Hair of the body: "dark hair on the backs of his hands"."""
_VOICE = compiled(
    r"\b(?:very\s+|rather\s+|quite\s+)?(?:soft|deep|gruff|husky|hoarse|high(?:-pitched)?|low|quiet|squeaky|"
    r"gravelly|raspy|rasping|nasal|booming|croaky|"
    r"slow|gentle|whiny|reedy|shrill|flat|throaty|growling)(?:,\s*|\s+)"
    r"(?:(?!(?:an?|the|his|her|of|in|to|on|at|with|was|were|is|had|heard|he|she|they|by|no)\b)[a-z'-]+(?:,\s*|"
    r"\s+)){1,3}(?:voice|tone)\b"
)
"""A voice told with more than one word: "a soft, possibly Irish, voice", "a deep, slow voice"."""
_SPEAKS = compiled(
    r"\b(?:voice|laugh(?:s|ed|ing)?|breath(?:es|ed|ing)|walk(?:s|ed|ing)?)\s+[\"']?like\s+(?:an?\s+)?(?!he\b|she\b|"
    r"they\b|that\b|the\b|this\b)[a-z-]+|"
    r"\b(?:talk(?:s|ed|ing)?|spoke|speaks|speaking)\s+(?:very\s+|so\s+|rather\s+)?(?:softly|quietly|slowly|"
    r"through\s+his\s+nose|in\s+an?\s+"
    r"(?:(?:hoarse|low|high|soft|hushed)\s+)?(?:whisper|monotone|drawl|growl|mumble))\b"
)
"""How somebody sounds, told with a likeness or a verb: "a voice like gravel", "talks very softly"."""
_IN_MOUTH = compiled(
    r"\b(?:smok(?:ed|ing|es)|puffing(?:\s+on|\s+at)?|chew(?:ed|ing|s)(?:\s+on)?|sucking(?:\s+on)?)\s+(?:an?\s+|"
    r"his\s+)?(?:pipe|cigars?|cheroots?|"
    r"(?:chewing[ -])?gum|toothpick|cocktail\s+stick|match(?:es|stick)?|lollipop|straw|tobacco)\b|"
    r"\b(?:(?:rolled|hand-rolled|unlit|half-smoked)\s+)?(?:cigarette|fag|roll-?up|rollie|pencil|pen|joint|"
    r"spliff)\s+(?:(?:tucked|stuck)\s+)?behind\s+"
    r"(?:(?:his|her|one|an|the|left|right)\s+)+ear\b"
)
"""What somebody smokes, chews or keeps behind an ear: "smoked a pipe", "a fag behind his ear"."""
_ON_SKIN = compiled(
    r"\b(?:glitter|face[ -]?paint|paint|make-?up|greasepaint|soot|mud|stage make-?up)\s+(?:smeared\s+)?(?:on|over|"
    r"across)\s+(?:his|her|the|both|one)\s+"
    r"(?:cheeks?|face|forehead|chin|nose|neck|hands?|arms?|forearms?)\b"
)
_HURTS = compiled(
    r"\b(?:broken|cut|bruis|graz|black eye|swollen|split|fractur|scratch|stitch|sore|chipped|knocked|burns?\b|gash|"
    r"missing tooth|plaster|bite|cracked|"
    r"damaged|injur)"
)


def find(low: str) -> Iterator[tuple[int, int]]:
    """(start, end) of phrases that tell a mark without the noun for one ("hands stained with engine oil")."""
    if "brow" in low:
        yield from (said.span() for said in _EYEBROW.finditer(low))
    if "hands" in low or "finger" in low or "nails" in low:
        yield from (said.span() for said in _STAINED.finditer(low))
    yield from _hurt_or_bound(low)
    yield from _sounds_and_habits(low)
    if "hair" in low:
        yield from (said.span() for said in _BODY_HAIR.finditer(low))
    if holds(low, ("gait", "walk", "stride", "waddle", "swagger")):
        yield from (said.span() for said in _GAIT.finditer(low))
    for said in _HABIT.finditer(low) if holds(low, _ALL_THE_TIME) else ():
        yield said.span("after" if said["after"] else "before" if said["before"] else "habit")


def _sounds_and_habits(low: str) -> Iterator[tuple[int, int]]:
    """Voices, what is smoked or chewed, and what is smeared on the skin."""
    if "voice" in low or "tone" in low:
        yield from (said.span() for said in _VOICE.finditer(low))
    if holds(low, ("like", "talk", "spoke", "speak")):
        yield from (said.span() for said in _SPEAKS.finditer(low))
    if holds(low, ("smok", "puffing", "chew", "sucking", "behind")):
        yield from (said.span() for said in _IN_MOUTH.finditer(low))
    if holds(low, ("glitter", "paint", "make", "soot", "mud")):
        yield from (said.span() for said in _ON_SKIN.finditer(low))


def _hurt_or_bound(low: str) -> Iterator[tuple[int, int]]:
    """Hurts that the attacker may have kept or that a description lists, and limbs bound up."""
    if holds(low, ("have", "bear", "carrying", "nursing")) and holds(low, _HURT_NOUNS):
        yield from (said.span("hurt") for said in _MAY_HAVE.finditer(low))
    if holds(low, ("cut", "graze", "bruise", "scratch", "scab", "gash", "blood")):
        yield from (said.span("hurt") for said in _LISTED_HURT.finditer(low))
    if holds(low, ("sling", "plaster", "cast", "splint", "brace", "bandage", "surgical", "support", "strapping")):
        yield from (said.span() for said in _IN_PLASTER.finditer(low))


def is_hurt(low: str, start: int, end: int) -> bool:
    """Whether low[start:end] is a hurt done in the incident ("she was left with a broken nose")."""
    return _HURTS.search(low, start, end) is not None and _INJURED.search(low, max(0, start - 80), start) is not None
