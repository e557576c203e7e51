"""Reading a request: a JSON object of limited size with exactly the fields a resource knows, and plain parameters."""

import codecs
import json
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from digest.desk.api.problems import Problem

# 20,000 characters, each escaped as two surrogates at worst, and room to spare.
LARGEST_BODY = 500_000


class ObjectParser(BaseParser):
    """JSON without what Python's reader accepts beyond it (NaN), too long, too deep, or not an object."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> dict[str, Any]:
        raw = stream.read(LARGEST_BODY + 1)
        if len(raw) > LARGEST_BODY:
            raise Problem(413, "too_large", _("The body is too large."))
        try:
            data = json.loads(codecs.decode(raw, "utf-8"), parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise ParseError(_("The body is not valid JSON.")) from error
        if not isinstance(data, dict):
            raise ParseError(_("The body must be a JSON object."))
        return data


def _refuse(constant: str) -> None:
    raise ValueError(constant)


class Text(serializers.CharField):
    """A JSON string: DRF's own field takes numbers, too."""

    default_error_messages = {"invalid": _("Give a string.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(trim_whitespace=False, allow_blank=True, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Number(serializers.IntegerField):
    """A whole number from 0 that every database can hold; in a body a JSON number."""

    default_error_messages = {
        "invalid": _("Give a whole number."),
        "min_value": _("Give a number from {min_value}."),
        "max_value": _("Give a number up to {max_value}."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": 2_000_000_000, **kwargs})

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool | float):
            self.fail("invalid")
        return super().to_internal_value(data)


class YesNo(serializers.BooleanField):
    """true or false."""

    default_error_messages = {"invalid": _("Give true or false.")}

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid")
        return data


class Strict(serializers.Serializer):
    """Refuses what it does not know: a misspelt field must not be passed over, nor a field that is not one's to set."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        unknown = sorted(set(data) - set(self.fields))
        if unknown:
            raise ValidationError({name[:100]: [_unknown()] for name in unknown[:20]})
        return super().to_internal_value(data)


def _unknown() -> serializers.ErrorDetail:
    return serializers.ErrorDetail(_("There is no such field here."), code="unknown")


def read(serializer: type[Strict], data: Any) -> dict[str, Any]:
    """The valid fields of a body. Raises DRF's ValidationError, by field."""
    form = serializer(data=data)
    form.is_valid(raise_exception=True)
    return form.validated_data


def read_query(serializer: type[Strict], request: Request) -> dict[str, Any]:
    """The valid parameters of the address; each may be there once."""
    twice = [name for name, values in request.query_params.lists() if len(values) > 1]
    if twice:
        raise ValidationError({name[:100]: [_("Give this once.")] for name in twice[:20]})
    return read(serializer, request.query_params.dict())
