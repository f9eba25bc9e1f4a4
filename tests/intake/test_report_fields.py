"""The head of a report in other people's words."""

from __future__ import annotations

from typing import Any

from linkage.intake.fields import report_fields
from linkage.intake.fields.plain_row import Notes
from tests.rows import each_row


@each_row(
    ("words", "kind"),
    [
        ("full", "full"),
        ("Full report", "full"),
        ("full reprot", "full"),
        ("part", "partial"),
        ("partail", "partial"),
        ("Follow-up", "follow_up"),
        ("update to earlier report", "follow_up"),
        ("3rd party", "third_party"),
        ("on behalf of someone", "third_party"),
        ("novel", None),
    ],
)
def test_types_are_read_and_others_refused(words: str, kind: str | None) -> None:
    notes = Notes()
    assert report_fields.report_type(words, notes) == kind
    assert len(notes.refusals) == (kind is None)


@each_row(
    ("words", "kind"),
    [
        ("police force", "police"),
        ("outreach worker", "project"),
        ("Web", "online"),
        ("parlour", "establishment"),
        ("self", "individual"),
        ("lighthouse keeper", "other"),
    ],
)
def test_kinds_of_source_are_read_and_any_other_is_other_with_its_words(words: str, kind: str) -> None:
    notes = Notes()
    assert report_fields.source({"kind": words}, notes).kind == kind
    assert (notes.raw, notes.refusals) == ({"source.kind": words}, [])


@each_row(
    ("name", "words", "grade"),
    [
        ("evaluation", "1", 1),
        ("evaluation", "2.0", 2),
        ("evaluation", "not reliable", 3),
        ("evaluation", "4", None),
        ("assessment", "b", "B"),
        ("assessment", "D - not known", "D"),
        ("assessment", "known directly", "A"),
        ("assessment", "P", None),
        ("handling", "c", "C"),
        ("handling", "lawful sharing permitted", "P"),
        ("handling", "A", None),
    ],
)
def test_grades_are_read_within_their_own_grading_only(name: str, words: str, grade: Any) -> None:
    notes = Notes()
    assert getattr(report_fields.source({name: words}, notes), name) == grade
    assert len(notes.refusals) == (grade is None)


@each_row(
    ("answer", "refused"),
    [("no thanks", 0), ("withdrawn", 0), ("not asked", 0), ("yes - anonymously", 1), ("maybe", 1)],
)
def test_only_a_plain_yes_is_consent(answer: str, refused: int) -> None:
    notes = Notes()
    assert report_fields.consent({"police": answer}, notes).police is False
    assert len(notes.refusals) == refused
    assert report_fields.consent({"police": True}, notes).police is True
