"""The sentence patterns of notes and abstracts. Data only.

``{topic:은}`` in a Korean pattern asks for the particle that fits the word: 은 or 는.
"""

# (Korean, English), the same thing said twice.
OPENINGS = [
    (
        "{topic:에 대한} 연구. {method:을} 더했을 때 무엇이 달라지는지 봤습니다.",
        "A study of {topic}. It asks what changes once {method} is added.",
    ),
    ("{topic} 문제를 {method:으로} 풀어보려는 시도네요.", "An attempt to solve {topic} with {method}."),
    (
        "{data} 데이터를 모아 {topic} 모델을 새로 학습했군요.",
        "They gathered {data} and trained a new model for {topic}.",
    ),
    (
        "{topic:에서} {metric:이} 어디서 막히는지를 분석한 결과.",
        "An analysis of where {metric} gets stuck in {topic}.",
    ),
    (
        "{coin:은} {topic:을} 위한 모델인데 핵심은 **{method}**입니다.",
        "{coin} is a model for {topic}; its core is **{method}**.",
    ),
    ("{topic:과} {other:을} 한 모델에서 같이 다룹니다.", "It handles {topic} and {other} in one model."),
]
FINDINGS = [
    (
        "{method:을} 사용하면 {metric:이} {n}% 정도 좋아진다고 합니다.",
        "With {method}, {metric} improves by about {n}%.",
    ),
    (
        "흥미로운 점은 {data:을} 늘려도 {metric:은} 거의 그대로라는 것이군요.",
        "Interestingly, {metric} hardly moves even with more {data}.",
    ),
    (
        "학습 초반에는 차이가 없지만 {n}B 토큰 이후부터 {metric:이} 벌어집니다.",
        "There is no difference early on, but {metric} diverges after {n}B tokens.",
    ),
    (
        "{other:에} 옮겨도 같은 경향이 나타났다고 하네요.",
        "The same trend appeared when it was moved to {other}.",
    ),
    (
        "베이스라인과 연산량을 맞추면 이득은 {n}% 이내로 줄어듭니다.",
        "Once compute is matched with the baseline, the gain shrinks to within {n}%.",
    ),
    (
        "{data:과} {data2:을} 섞는 비율이 가장 중요했다고 합니다.",
        "The ratio of {data} to {data2} is said to have mattered most.",
    ),
    (
        "모델 크기가 커질수록 {method:의} 효과는 작아집니다.",
        "The larger the model, the smaller the effect of {method}.",
    ),
    (
        "추론 단계에서 {metric:을} 희생하지 않는다는 것이 장점입니다.",
        "Its advantage is that {metric} is not sacrificed at inference.",
    ),
    (
        "Ablation을 보면 {method:이} 없을 때 {metric:이} 가장 많이 떨어집니다.",
        "In the ablation, {metric} drops most without {method}.",
    ),
    (
        "{n}개 벤치마크 중 절반에서만 {metric:이} 개선됐군요.",
        "Only on half of the {n} benchmarks did {metric} improve.",
    ),
]
OPINIONS = [
    ("규모를 더 키웠을 때도 유지될지가 궁금하네요.", "I wonder whether it holds at a larger scale."),
    ("결국 데이터의 문제로 돌아오는 것 같습니다.", "In the end it seems to come back to data."),
    ("{other} 쪽에도 바로 써볼 수 있지 않을까 싶네요.", "Perhaps it could be tried on {other} right away."),
    (
        "{metric} 말고 다른 지표도 보고했으면 좋았겠습니다.",
        "I would have liked to see something besides {metric}.",
    ),
    ("단순하지만 실용적인 선택으로 보입니다.", "It looks like a simple but practical choice."),
    (
        "이런 종류의 부정적인 결과가 더 많이 나왔으면 하네요.",
        "I hope to see more negative results of this kind.",
    ),
    ("{topic:은} 아직 정리가 더 필요한 주제입니다.", "{Topic} still needs some sorting out."),
]
MENTIONS = [
    (
        "{other} 쪽의 이전 작업 (https://arxiv.org/abs/{arxiv}) 이 떠오릅니다.",
        "It reminds me of earlier work on {other} (https://arxiv.org/abs/{arxiv}).",
    ),
    (
        "https://arxiv.org/abs/{arxiv}에서 본 {method:과} 비슷한 방향이군요.",
        "The direction resembles {method} from https://arxiv.org/abs/{arxiv}.",
    ),
    ("{metric} 비교 대상은 arXiv:{arxiv} 입니다.", "The point of comparison for {metric} is arXiv:{arxiv}."),
]
LIST_HEADS = ("정리하면 다음과 같습니다.", "In short:")
ABSTRACT_OPENINGS = [
    "Progress in {topic} has been driven largely by larger models and more {data}, yet {metric} remains hard to predict.",
    "We study {topic} in a setting where {data} are plentiful but labels are scarce.",
    "Existing approaches to {topic} treat {metric} as an afterthought.",
    "{Topic} and {other} are usually studied apart, although both depend on {metric}.",
    "What do {data} contribute to {topic}, and at which scale?",
]
ABSTRACT_MIDDLES = [
    "We introduce {coin}, which couples {method} with {method2} and trains both end to end.",
    "The key observation is that {method} leaves most of the gradient signal unused when {data} are noisy.",
    "Our analysis separates the contribution of {method} from that of {data}, and shows that the former dominates.",
    "Unlike earlier work, {coin} needs neither {method} nor a second pass over {data}.",
    "We further show that {metric} and {metric2} can be traded against each other by a single scalar.",
    "To this end, we collect {n}K examples of {data} and annotate them for {topic}.",
    "A controlled comparison across {n} model sizes reveals a consistent trend in {metric}.",
    "This makes {topic} practical on a single accelerator, including for {other}.",
]
ABSTRACT_RESULTS = [
    "On {n} benchmarks, {coin} improves {metric} by {m} points over a strong baseline at equal compute.",
    "Experiments on {data} show gains of up to {m}% in {metric} without any loss in {metric2}.",
    "We hope that these findings encourage a more careful evaluation of {topic}.",
    "Ablations confirm that {method} accounts for most of the improvement in {metric}.",
]
ABSTRACT_MATHEMATICS = [
    "Formally, we minimise $\\mathcal{L}(\\theta) = \\sum_{i=1}^{N} \\ell(f_\\theta(x_i), y_i)$ subject to $\\|\\theta\\|_2 \\le C$.",
    "The cost falls from $O(n^2)$ to $O(n \\log n)$ in the sequence length $n$.",
    "We prove that the error decays as $\\epsilon \\propto N^{-\\alpha}$ with $\\alpha \\approx 0.34$.",
    "With probability at least $1 - \\delta$, the regret is bounded by $\\tilde{O}(\\sqrt{T/\\delta})$.",
    "Setting $\\beta_2 = 0.95$ and $k \\in \\{4, 8, 16\\}$ recovers the usual estimator.",
]
ABSTRACT_MARKUP = [
    "We call this effect \\textbf{{silent drift}} and measure it with \\emph{{paired}} runs.",
    "The gain is \\textit{{additive}}: {n}\\% remain after pruning.",
    "We release \\texttt{{{coin}}}, together with \\textsc{{all}} training logs.",
]
ABSTRACT_LINKS = [
    "Code is available at {code}.",
    "The project page is {project}.",
    "Models and data are released at {code} and {project}.",
]
TITLES = [
    "{coin}: {Adj} {Topic} with {Method}",
    "{coin}: {Adj} {Topic} beyond {Other}",
    "{Adj} {Topic} via {Method}",
    "On the {Metric} of {Adj} {Topic}",
    "Does {Topic} Need {Data}?",
    "{coin} {n}: {Adj} Evaluation of {Topic}",
    "{Adj} {Topic} for {Other}: A Closer Look at {Metric}",
    "What {Data} Teach Us about {Topic}",
    "Scaling {Topic} to {n}B Tokens of {Data}",
]
TITLES_WITH_TEX = [
    "$k$-{coin}: {Adj} {Topic} in $O(n \\log n)$",
    "{coin}: \\textit{{{Adj}}} {Topic} with {Method}",
]
RELEASE_TITLES = ["{coin} {n}", "{coin} {n} Technical Report", "Introducing {coin} {n}", "{coin}-{n}B 공개"]
