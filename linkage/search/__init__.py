"""Search: a question in words and fields, answered by ranked reports with their reasons.

The question is read by the same intake as a report and compared by the same evidence as linking, so that a row is
explained by signed parts and rarity. What a report does not say is "not known", never a failed condition, unless
the condition is a must.
"""

from linkage.search.answer import Found, Row
from linkage.search.condition import Condition, Reason
from linkage.search.facets import Facet
from linkage.search.question import MUST, WORDS_AS, Question, QuestionError
from linkage.search.searcher import Searcher, search, why_not

__all__ = [
    "MUST",
    "WORDS_AS",
    "Condition",
    "Facet",
    "Found",
    "Question",
    "QuestionError",
    "Reason",
    "Row",
    "Searcher",
    "search",
    "why_not",
]
