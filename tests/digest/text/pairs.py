"""Translated notes to try the checks on: the eleven of the seeds, and harder ones with numbers, links and formulas."""

import csv
from pathlib import Path
from typing import NamedTuple

from digest.text.seeds import parse_seed
from digest.text.terms import TermPair

ROOT = Path(__file__).resolve().parents[3]


class Pair(NamedTuple):
    ko: str
    en: str

    def sides(self, source_language):
        return (self.ko, self.en) if source_language == "ko" else (self.en, self.ko)


def _seed_pairs():
    digests = [parse_seed(path.read_bytes()).digest for path in sorted(ROOT.glob("seeds/*.txt"))]
    return [
        Pair(entry.ko, entry.en) for digest in digests for entry in digest.entries if entry.ko and entry.en
    ]


def _starter_terms():
    with (ROOT / "digest/editing/starter_terms.csv").open(encoding="utf-8") as file:
        return tuple(
            TermPair(row["ko"], row["en"], row["note"], tuple(filter(None, row["forbidden"].split(" | "))))
            for row in csv.DictReader(file)
        )


SEED_PAIRS = _seed_pairs()
STARTER_TERMS = _starter_terms()

# Every way to say a number, to cite and to set mathematics, said right.
HARD_PAIRS = [
    Pair(
        "Continual Pretraining에 대한 세팅 탐색. 같은 수준의 LR로 LR Warmup, LR Decay, 이전 데이터를 5% 정도 섞기가 레시피군요. "
        "70억 파라미터 모델과 4,050억 모델에서 1조 5천억 토큰을 학습했습니다.",
        "An exploration of settings for continual pretraining. LR warmup and LR decay at the same learning rate, with "
        "5 percent of the earlier data mixed in, is the recipe. They trained a 7B model and a 405B model on 1.5T tokens.",
    ),
    Pair(
        "GPT-3.5보다 고성능이면서 2배 저렴하다고 하고 있습니다. 2024년 10월에 배포됐고 컨텍스트는 20만 토큰입니다. 두 번째 버전이군요.",
        "It is said to perform better than GPT-3.5 at half the price. It was released in October 2024 and has a context of "
        "200K tokens. This is the second version.",
    ),
    Pair(
        "3D 게임에 대한 에이전트. Phenaki (https://arxiv.org/abs/2210.02399v2), SPARC (https://arxiv.org/pdf/2401.09865)를 사용합니다. "
        "[[Attention Is All You Need]]와 arXiv:1706.03762를 참고하세요. #agent 태그도 있습니다.",
        "An agent for 3D games. It uses Phenaki (https://arxiv.org/abs/2210.02399) and SPARC "
        "(https://www.arxiv.org/abs/2401.09865v1). See [[Attention is all you need]] and 1706.03762v7. There is a tag #agent, too.",
    ),
    Pair(
        "손실은 $L(N, D) = E + \\frac{A}{N^\\alpha}$이고 \\textbf{ProLong}이라고 부릅니다. 비용은 $5 정도, 지수는 0.50입니다.\n\n"
        "- 첫 번째 항목: 스텝 1,000번\n- 두 번째 항목: GPU 8장으로 24시간",
        "The loss is $L(N,D)=E+\\frac{A}{N^\\alpha}$, and they call it \\textbf{ProLong}. It costs about $5; the exponent "
        "is 0.5.\n\n- First item: 1000 steps\n- Second item: 24 hours on eight GPUs",
    ),
    Pair(
        "세 가지 방법을 비교했는데 Mixtral 8x7B가 1위이고 절반의 비용으로 10배 빨랐습니다. 1개 레이어만 학습했네요. 12억 개의 샘플입니다.",
        "They compared 3 methods: Mixtral 8x7B comes first and was ten times faster at half the cost. They trained a single "
        "layer only, on 1.2 billion samples.",
    ),
    Pair(
        "“나란히”라는 이름의 데이터셋 (https://ko.example.org/naranhi/?q=1#a)을 만들었습니다. 한국어 문장이 3만 개 있습니다.",
        "They made a dataset named “나란히” (https://ko.example.org/naranhi/?q=1#a). It has 30,000 Korean sentences in all.",
    ),
]
