"""Entries whose texts are known, and what must find them: the same word in another form, and what only looks like it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Planted:
    """What an invented entry holds besides its own texts."""

    ko: str = ""
    en: str = ""
    title: str = ""
    author: str = ""
    arxiv_id: str = ""


@dataclass(frozen=True, slots=True)
class Needle:
    """``query`` means each of ``planted`` and none of ``traps``. No other entry holds its words."""

    kind: str
    query: str
    planted: tuple[Planted, ...]
    traps: tuple[Planted, ...] = ()


def _korean(*texts: str) -> tuple[Planted, ...]:
    return tuple(Planted(ko=text) for text in texts)


def _english(*texts: str) -> tuple[Planted, ...]:
    return tuple(Planted(en=text) for text in texts)


NEEDLES = [
    Needle("particle", "나침반", _korean("나침반을 꺼냈습니다.", "오래된 나침반은 남쪽을.", "나침반에서도 같았습니다.")),
    Needle("particle", "등대의 불빛", _korean("등대가 내는 불빛을 봅니다.", "불빛이 등대까지 닿습니다.")),
    Needle("particle on a Latin word", "PhonoGrip", _korean("PhonoGrip과 견줍니다.", "PhonoGrip에서는 다릅니다.")),
    Needle("conjugation", "헤엄쳤습니다", _korean("헤엄치는 사람.", "헤엄치면 좋다고 합니다.", "결국 헤엄쳤다.")),
    Needle("conjugation", "증류하는", _korean("위스키를 증류했습니다.", "증류하기 어렵다.", "증류된 것입니다.")),
    Needle("spacing", "수력 발전", _korean("수력발전을 봅니다.", "수력 발전의 역사.")),
    Needle("phrase", '"황동 망원경"', _korean("황동 망원경을 샀습니다."), _korean("망원경 옆에 황동 촛대.")),
    Needle("inflection", "lighthouses", _english("One lighthouse stood.", "Lighthouses stand.")),
    Needle("hyphen", "seaglass", _english("A sea-glass necklace.", "Seaglass is green.")),
    Needle("accents", "hrebicek", (Planted(author="Zdeněk Hřebíček"), Planted(en="After Hřebíček."))),
    Needle(
        "arXiv id",
        "https://arxiv.org/pdf/2210.04567v2",
        (Planted(arxiv_id="2210.04567"), Planted(ko="arXiv:2210.04567v1 논문을 보세요.")),
    ),
    Needle(
        "words of two fields",
        "ottokar glacier",
        (Planted(author="Ottokar Zwirn", title="Glacier Beds in Motion"),),
        (Planted(author="Ottokar Zwirn"), Planted(title="A Glacier Asleep")),
    ),
    Needle("a word in a word", "rind", _english("Cheese rind matters."), _english("Grinding takes long.")),
    Needle("a word that says nothing", "수도", _korean("수도를 옮겼습니다."), _korean("그럴 수도 있습니다.")),
]  # fmt: skip


def all_planted() -> list[Planted]:
    """What to plant, in the order of the needles: what each means, then its traps."""
    return [planted for needle in NEEDLES for planted in (*needle.planted, *needle.traps)]
