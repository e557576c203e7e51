"""What readers type, by kind: whole queries, and words in the middle of being typed."""

from dataclasses import dataclass

from bench.search_corpus import arxiv_id, person_name, place
from bench.search_words import english_word, korean_word


@dataclass(frozen=True, slots=True)
class Asked:
    """``words``: it holds nothing but words and phrases, so that a search without operators can be asked as well."""

    kind: str
    text: str
    words: bool = True


_FIXED = {
    "Korean word": ["학습", "양자화", "정확도가", "데이터의", "옵티마이저를"],
    "Korean words": [
        "보상 모델링", "기계 번역 정확도", "모델 크기가 커질수록", "연합 학습에서 지연 시간", "웹 문서를 섞는 비율",
        "자기 지도 학습", "메모리 사용량을 줄이는",
    ],
    "mixed": ["Residual 경로", "Sparse Attention 처리량", "Expert 라우팅을", "Rotary 임베딩의 효과", "Teacher 앙상블 증류"],
    "English": [
        "speculative decoding", "robust quantisation", "sample efficiency", "curriculum", "frozen encoder latency",
        "calibrated tokenisation", "gradient signal noisy data", "small verifier for code generation",
    ],
    "common": ["model", "데이터", "the same trend", "모델", "improves accuracy"],
    "phrase": ['"long context"', '"sliding window"', '"지연 시간"', '"a small verifier"'],
    "term table": ["learning rate", "LLM", "파인튜닝", "배치 크기", "RLHF"],
    "slip": ["quantisatoin", "interpretabilty", "토크나이제이숀", "speculatve decoding"],
    "nothing": ["zzyzx", "뷁뷁"],
}  # fmt: skip
_FILTERED = [
    "tag:llm", "tag:scaling-law quantisation", "year:2024 정확도", "lang:en latency", "before:2020 검색",
    "perplexity -distillation", "after:2025 tag:agent", "author:kim", 'author:"lee" model',
]  # fmt: skip
TYPED = [
    "양", "양ㅈ", "양자", "양자ㅎ", "데", "데이터 ㅍ", "데이터 필", "정확", "정호", "학습 데", "기계 버", "보상 모", "모델 크",
    "임ㅂ", "s", "sp", "spec", "speculative d", "speculative dec", "long c", "long con", "quant", "sparse at",
    "robust to", "lee", "kim m", "mül", "reward mod", "2단계 커", "a small ver", "model", "the",
]  # fmt: skip


def make_queries(entries: int) -> list[Asked]:
    """About sixty for an archive of this size. Names, ids and rare words are those of its rows."""
    found = [Asked(kind, text) for kind, texts in _FIXED.items() for text in texts]
    found += [Asked("filter", text, words=False) for text in _FILTERED]
    names = [person_name(number) for number in (5, 7, 40, entries // 3)]
    found += [Asked("name", text) for text in [*names, names[0].split()[-1]]]
    # The papers in the middle of the archive; every other one has an id.
    first, second = (arxiv_id(number, place(number, entries)[0]) for number in _odd(entries))
    found += [Asked("id", text) for text in (first, f"https://arxiv.org/abs/{second}v2", f"arXiv:{first}")]
    ranks = (100, 1_000, 10_000)
    found += [Asked("rare", word(rank)) for word in (korean_word, english_word) for rank in ranks]
    return found


def _odd(entries: int) -> tuple[int, int]:
    middle = entries // 2 | 1
    return middle, middle + 2
