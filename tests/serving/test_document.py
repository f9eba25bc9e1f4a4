"""schemathesis reads the API's document and asks what it allows and what it does not: nothing is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from linkage.serving.app import make_app
from linkage.store import Store
from linkage.store.tokens import SCOPES, add_token
from tests.serving.conftest import MAIL
from tests.serving.conftest import settings as serving

EXAMPLES = 8
"""For each of nine operations, of what is allowed and of what is not [G]; all come from one seed."""


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[schemathesis.BaseSchema, dict[str, str]]]:
    folder: Path = tmp_path_factory.mktemp("document")
    (folder / "sending.toml").write_text(MAIL)
    with pytest.MonkeyPatch.context() as patch, Store(f"sqlite:///{folder}/linkage.db", who="tester") as store:
        patch.setenv("LINKAGE_SENDING", str(folder / "sending.toml"))
        secret = add_token(store, "all", tuple(SCOPES), 30)[1]
        config = SchemathesisConfig.from_dict(
            {
                "seed": 17,
                "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", 404, 409, 422]}},
            }
        )
        app = make_app(store, serving())
        schema = schemathesis.openapi.from_asgi("/openapi.json", app, config=config)
        yield schema, {"Authorization": f"Bearer {secret}"}


def negated(case: schemathesis.Case) -> bool:
    """Are the headers meant to be wrong? Then a token that holds would put them right."""
    assert case.meta is not None
    return any(
        place.value == "header" and part.mode is GenerationMode.NEGATIVE
        for place, part in case.meta.components.items()
    )


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_nothing_is_found(document: tuple[schemathesis.BaseSchema, dict[str, str]], mode: GenerationMode) -> None:
    schema, token = document
    asked = Counter[str]()
    for operation in (found.ok() for found in schema.get_all_operations()):

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(max_examples=EXAMPLES, derandomize=True, deadline=None, database=None,
                  phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))  # fmt: skip
        def nothing(case: schemathesis.Case) -> None:
            asked[case.operation.label] += 1
            case.call_and_validate(headers={} if negated(case) else token)

        if operation.body or operation.query or operation.path_parameters or mode is GenerationMode.POSITIVE:
            nothing()
    assert len(asked) >= 8
