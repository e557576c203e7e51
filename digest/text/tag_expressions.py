"""Tags combined in one address: ``moe+llm`` (and), ``moe,agent`` (or), ``moe+-survey`` (and not). Pure.

    expression  = alternative *( "," alternative )
    alternative = term *( "+" term )          at least one term without "-"
    term        = [ "-" ] tag                 at most eight in an expression

Nothing else is needed: every combination of and, or, not can be written as alternatives. A slug holds neither
sign and never begins with ``-`` (digest.text.tags), so a canonical expression is read in one way only.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MAX_TERMS = 8


@dataclass(frozen=True, slots=True, order=True)
class Alternative:
    """Entries with all tags of ``required`` and none of ``excluded``."""

    required: tuple[str, ...]
    excluded: tuple[str, ...] = ()

    @property
    def contradicts_itself(self) -> bool:
        return not set(self.required).isdisjoint(self.excluded)


@dataclass(frozen=True, slots=True)
class Expression:
    """Entries that at least one of the alternatives holds for."""

    alternatives: tuple[Alternative, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        """The tags as they are written, with repetitions."""
        return tuple(tag for each in self.alternatives for tag in each.required + each.excluded)

    @property
    def contradicts_itself(self) -> bool:
        """Nothing can ever match: ``moe+-moe``."""
        return all(each.contradicts_itself for each in self.alternatives)

    @property
    def single(self) -> bool:
        """One tag and nothing else."""
        return len(self.terms) == 1


def parse_expression(text: str) -> Expression | None:
    """The expression an address spells, its tags still as typed; None if it is none.

    ``"MoE + llm"`` has the required tags ``MoE`` and ``llm``. None for an empty term (``a+``, ``c++``), for an
    alternative of ``-`` alone and for more than eight terms.
    """
    alternatives = [_parse_alternative(part) for part in text.split(",")]
    found = [each for each in alternatives if each is not None]
    expression = Expression(tuple(found))
    return expression if len(found) == len(alternatives) and len(expression.terms) <= MAX_TERMS else None


def with_slugs(expression: Expression, slugs: Mapping[str, str]) -> Expression:
    """The same expression in its canonical form, each tag replaced by its slug (KeyError if one is missing).

    Canonical: no repetition; required tags before excluded ones, each in order of code points; alternatives in
    order of their required, then their excluded tags. Nothing is simplified beyond that: what an editor or a
    reader typed stays recognisable, and ``moe+-moe`` says what it is.
    """
    return _canonical(
        Alternative(
            tuple(slugs[tag] for tag in each.required),
            tuple(slugs[tag] for tag in each.excluded),
        )
        for each in expression.alternatives
    )


def format_expression(expression: Expression) -> str:
    """The address of an expression: ``a+b+-c,d``."""
    return ",".join(
        "+".join([*each.required, *(f"-{tag}" for tag in each.excluded)]) for each in expression.alternatives
    )


def narrowed(expression: Expression, slug: str, *, excluded: bool = False) -> Expression | None:
    """The expression with one more condition on every alternative; None if that would be too many terms."""
    added = ((), (slug,)) if excluded else ((slug,), ())
    result = _canonical(
        Alternative(each.required + added[0], each.excluded + added[1]) for each in expression.alternatives
    )
    return result if len(result.terms) <= MAX_TERMS else None


def _parse_alternative(text: str) -> Alternative | None:
    required: list[str] = []
    excluded: list[str] = []
    for part in text.split("+"):
        term = part.strip()
        tag = term.removeprefix("-").strip()
        if not tag:
            return None
        (excluded if term.startswith("-") else required).append(tag)
    return Alternative(tuple(required), tuple(excluded)) if required else None


def _canonical(alternatives: Iterable[Alternative]) -> Expression:
    ordered = {
        Alternative(tuple(sorted(set(each.required))), tuple(sorted(set(each.excluded))))
        for each in alternatives
    }
    return Expression(tuple(sorted(ordered)))
