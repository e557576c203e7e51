"""Asking an outside service, with a real one on this machine that also misbehaves in every way we know."""

import logging
import traceback

import pytest

from digest.editing import providers
from digest.editing.errors import Refused
from digest.editing.providers import ChatProvider, DeepLProvider, configured_provider
from tests.translator import KEY, configure, translator

pytestmark = pytest.mark.usefixtures("english")

GLOSSARY = [("배치 크기", "batch size"), ("손실", "loss")]


@pytest.fixture
def service():
    with translator() as server:
        yield server


@pytest.fixture
def chat(service):
    return ChatProvider(f"{service.url}/v1/chat/completions", "small", KEY)


@pytest.fixture
def deepl(service):
    return DeepLProvider(f"{service.url}/v2/translate", KEY)


def test_chat_endpoint_is_asked_in_its_protocol(service, chat):
    assert chat.translate("노트\n\n둘째", "ko", "en", GLOSSARY) == "A translation"
    ((path, headers, body),) = service.asked
    assert (path, headers["Authorization"]) == ("/v1/chat/completions", f"Bearer {KEY}")
    system, user = body.pop("messages")
    assert body == {"model": "small", "temperature": 0}
    assert user == {"role": "user", "content": "노트\n\n둘째"}
    assert system["role"] == "system"
    assert "from Korean into English" in system["content"]
    assert system["content"].endswith("Use these terms: 배치 크기 = batch size; 손실 = loss.")


def test_chat_endpoint_without_key_or_terms_sends_neither(service):
    ChatProvider(f"{service.url}/v1/chat/completions", "small", "").translate("note", "en", "ko", [])
    ((_path, headers, body),) = service.asked
    assert "Authorization" not in headers
    assert "terms" not in body["messages"][0]["content"]


def test_deepl_is_asked_in_its_protocol(service, deepl):
    assert deepl.translate("노트", "ko", "en", GLOSSARY) == "A translation"
    assert deepl.translate("note", "en", "ko", []) == "A translation"
    (path, headers, first), (_path, _headers, second) = service.asked
    assert (path, headers["Authorization"]) == ("/v2/translate", f"DeepL-Auth-Key {KEY}")
    assert first == {
        "text": ["노트"],
        "source_lang": "KO",
        "target_lang": "EN-US",
        "preserve_formatting": True,
        "context": "배치 크기 = batch size; 손실 = loss",
    }
    assert second == {"text": ["note"], "source_lang": "EN", "target_lang": "KO", "preserve_formatting": True}


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        (401, "refused our key"),
        (403, "refused our key"),
        (429, "too much to do"),
        (456, "too much to do"),
        (500, "an error (500)"),
        (404, "an error (404)"),
        (302, "an error (302)"),
        (307, "an error (307)"),
        ("silent", "took too long"),
        ("drip", "took too long"),
        ("oversize", "far too much"),
        ("cut", "no translation"),
        ("no http", "cannot be reached"),
        (b"", "no translation"),
        (b"<html>", "no translation"),
        (b"\xff\xfe", "no translation"),
        (b"null", "no translation"),
        (b"[]", "no translation"),
        (b'{"choices": []}', "no translation"),
        (b'{"choices": [{"message": {"content": 7}}]}', "no translation"),
        (b'{"choices": [{"message": {"content": " "}}]}', "no translation"),
        (b"[" * 100_000, "no translation"),
    ],
)
def test_misbehaviour_becomes_a_short_message_without_the_key(service, chat, monkeypatch, caplog, mode, said):
    monkeypatch.setattr(providers, "TIMEOUT", 0.5)
    service.mode = mode
    with (
        caplog.at_level(logging.DEBUG),
        pytest.raises(Refused, match=said.replace("(", r"\(").replace(")", r"\)")) as refusal,
    ):
        chat.translate("노트", "ko", "en", [])
    told = "".join(traceback.format_exception(refusal.value)) + caplog.text
    assert KEY not in told
    assert refusal.value.__cause__ is None
    assert len(service.asked) == 1


def test_nobody_there_is_said_so(service, chat):
    service.shutdown()
    service.server_close()
    with pytest.raises(Refused, match="cannot be reached"):
        chat.translate("노트", "ko", "en", [])


def test_no_proxy_is_used(service, chat, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert chat.translate("노트", "ko", "en", []) == "A translation"


def test_key_is_not_in_what_a_provider_looks_like(chat, deepl):
    assert KEY not in repr(chat) + repr(deepl)


def test_settings_choose_the_service(service, settings):
    assert configured_provider() is None
    configure(settings, service, "openai")
    assert configured_provider() == ChatProvider(f"{service.url}/v1/chat/completions", "small", KEY)
    configure(settings, service, "deepl")
    assert configured_provider() == DeepLProvider(f"{service.url}/v2/translate", KEY)
