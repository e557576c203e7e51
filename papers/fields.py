"""Text columns that refuse what one of the two databases, a feed or a terminal cannot carry.

SQLite stores NUL and 400 characters in a CharField(300); PostgreSQL raises; a vertical tab in one note
breaks a feed for everyone. The check stands where every write passes: save(), bulk_create(), update().
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from papers.characters import forbidden_character


def validate_characters(value: str) -> None:
    """Raise ValidationError naming the first refused character."""
    found = forbidden_character(value)
    if found:
        raise ValidationError(
            _("Character %(code)s at position %(position)d cannot be stored; remove it."),
            code="forbidden_character",
            params={"code": found[1], "position": found[0] + 1},
        )


class _CheckedText:
    """Refuses bad text at the last door before the database."""

    default_validators = [validate_characters]

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if isinstance(value, str):
            validate_characters(value)
            if self.max_length is not None and len(value) > self.max_length:
                raise ValidationError(
                    _("%(field)s holds %(length)d characters; at most %(limit)d fit."),
                    code="max_length",
                    params={"field": self.verbose_name, "length": len(value), "limit": self.max_length},
                )
        return super().get_db_prep_save(value, connection)


class LineField(_CheckedText, models.CharField):
    """One line of text with a maximum length in characters."""


class ProseField(_CheckedText, models.TextField):
    """Text of several paragraphs with a maximum length in characters."""
