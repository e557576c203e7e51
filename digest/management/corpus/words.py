"""The vocabulary: Korean and English words of the field, in pairs, and names. Data only."""

# fmt: off
# (English, Korean) for the same thing; Korean notes keep many terms in English, as people write them.
TOPICS = [
    ("long context", "Long Context"), ("sparse attention", "Sparse Attention"), ("reward modelling", "보상 모델링"),
    ("speech recognition", "음성 인식"), ("video generation", "비디오 생성"), ("data filtering", "데이터 필터링"),
    ("quantisation", "양자화"), ("distillation", "Distillation"), ("expert routing", "Expert 라우팅"),
    ("tokenisation", "토크나이제이션"), ("retrieval", "검색"), ("tool use", "도구 사용"), ("code generation", "코드 생성"),
    ("machine translation", "기계 번역"), ("image segmentation", "이미지 세그멘테이션"), ("depth estimation", "깊이 추정"),
    ("optimiser design", "옵티마이저 설계"), ("curriculum learning", "커리큘럼 학습"), ("model merging", "모델 병합"),
    ("instruction tuning", "Instruction Tuning"), ("self-supervision", "자기 지도 학습"), ("flow matching", "Flow Matching"),
    ("graph learning", "그래프 학습"), ("time series forecasting", "시계열 예측"), ("continual learning", "연속 학습"),
    ("watermarking", "워터마킹"), ("interpretability", "해석 가능성"), ("document layout", "문서 레이아웃"),
    ("robot manipulation", "로봇 조작"), ("molecule design", "분자 설계"), ("pose estimation", "포즈 추정"),
    ("music generation", "음악 생성"), ("federated training", "연합 학습"), ("speculative decoding", "Speculative Decoding"),
]
METHODS = [
    ("a two-stage curriculum", "2단계 커리큘럼"), ("a gated residual path", "게이트가 붙은 Residual 경로"),
    ("a small verifier", "작은 검증 모델"), ("a shared codebook", "공유 코드북"), ("a low-rank adapter", "저랭크 어댑터"),
    ("a learned schedule", "학습된 스케줄"), ("a contrastive loss", "Contrastive Loss"), ("a frozen encoder", "고정된 인코더"),
    ("a sliding window", "슬라이딩 윈도우"), ("a mixture of experts", "Expert의 혼합"), ("a replay buffer", "리플레이 버퍼"),
    ("a latent planner", "Latent 공간의 플래너"), ("a hashing layer", "해싱 레이어"), ("a teacher ensemble", "Teacher 앙상블"),
    ("a byte-level decoder", "바이트 단위 디코더"), ("a rotary embedding", "Rotary 임베딩"), ("a token pruning rule", "토큰 제거 규칙"),
    ("a quality classifier", "품질 분류기"), ("an auxiliary head", "보조 Head"), ("an unrolled optimiser", "펼친 옵티마이저"),
]
DATA = [
    ("web documents", "웹 문서"), ("code repositories", "코드 저장소"), ("lecture videos", "강의 영상"), ("scanned forms", "스캔된 서식"),
    ("dialogue logs", "대화 로그"), ("satellite images", "위성 이미지"), ("synthetic problems", "합성 문제"), ("radio broadcasts", "라디오 방송"),
    ("multilingual subtitles", "다국어 자막"), ("simulated trajectories", "시뮬레이션 궤적"), ("textbook passages", "교과서 본문"),
    ("medical notes", "진료 기록"), ("product photographs", "상품 사진"), ("sensor readings", "센서 측정값"),
]
METRICS = [
    ("accuracy", "정확도"), ("perplexity", "Perplexity"), ("throughput", "처리량"), ("sample efficiency", "샘플 효율"),
    ("calibration", "캘리브레이션"), ("latency", "지연 시간"), ("memory use", "메모리 사용량"), ("robustness", "강건성"),
    ("recall", "재현율"), ("human preference", "사람의 선호"),
]
ADJECTIVES = [
    "Adaptive", "Sparse", "Robust", "Lightweight", "Hierarchical", "Scalable", "Unified", "Recurrent", "Calibrated",
    "Modular", "Masked", "Streaming", "Compositional", "Patient", "Deep", "Bidirectional", "Selective", "Parallel",
]
COIN_HEADS = [
    "Nara", "Loom", "Haneul", "Ember", "Tide", "Moss", "Kite", "Quill", "Boram", "Sable", "Fern", "Orbit", "Maru", "Pebble",
    "Lattice", "Cedar", "Ripple", "Dal", "Beacon", "Thimble", "Garam", "Slate", "Heron", "Juniper", "Nuri", "Cobalt",
    "Willow", "Anchor", "Saebyeok", "Comet", "Dune", "Harbor", "Ivy", "Marble", "Onyx", "Prism", "Raft", "Sorrel",
]
COIN_TAILS = ["Former", "Net", "LM", "Bench", "Flow", "Mix", "Gen", "Rank", "Span", "Coder", "Pilot", "Seg", "Tune", "KV", "Route", "Sketch"]
TAG_WORDS = [
    "llm", "scaling-law", "efficient-training", "moe", "alignment", "long-context", "video-generation", "instruction-tuning",
    "agent", "corpus", "reasoning", "multimodal", "quantization", "reward-model", "code-generation", "in-context-learning",
    "positional-encoding", "retrieval", "pretraining", "tokenizer", "evaluation", "hallucination", "speech", "diffusion",
    "optimizer", "distillation", "vision-language", "efficient-attention", "safety", "state-space-model", "gan", "detection",
    "segmentation", "self-supervised", "transformer", "super-resolution", "3d-reconstruction", "image-retrieval", "ocr", "tts",
]
TAG_MODIFIERS = ["efficient", "robust", "neural", "few-shot", "zero-shot", "multilingual", "adaptive", "sparse", "latent", "video", "audio", "graph"]
TAG_NOUNS = [
    "generation", "retrieval", "pruning", "decoding", "planning", "segmentation", "detection", "matching", "editing",
    "tracking", "captioning", "compression", "rendering", "translation", "classification", "embedding", "attention",
    "calibration", "augmentation", "search", "memory", "adaptation", "normalization", "sampling", "ranking",
]
KOREAN_TAGS = ["비디오-생성", "음성-합성", "데이터-정제", "한국어", "벤치마크", "로봇", "추천", "의료", "그래프", "최적화", "번역", "강화학습"]
GIVEN_NAMES = [
    "Minjun", "Seoyeon", "Jihoon", "Hayoon", "Dohyun", "Yuna", "Sangmin", "Eunji", "Hao", "Wei", "Xin", "Yiming", "Jing", "Lei",
    "Rui", "Zhen", "Ling", "Bo", "Anna", "Lukas", "Marta", "Jonas", "Sofia", "Émile", "Zoë", "José", "Chloé", "Søren", "Łucja",
    "Björn", "Nikolaï", "Ana", "Pedro", "Giulia", "Marco", "Elif", "Mehmet", "Aisha", "Omar", "Layla", "Priya", "Arjun", "Ravi",
    "Meera", "Kenji", "Aiko", "Haruto", "Yui", "Linh", "Minh", "Thu", "David", "Sarah", "Michael", "Rachel", "Thomas", "Grace",
    "Daniel", "Hannah", "Peter", "Olga", "Dmitri", "Irina", "Ivan", "Noa", "Eitan", "Tamar", "Kwame", "Ama", "Tunde", "Ngozi",
    "Carlos", "Lucía", "Andrés", "Inês", "Jean-Luc", "Anne-Marie", "Xiaoyu", "Yuchen", "Zihan", "Mingyu", "Soojin", "Hyewon",
]
FAMILY_NAMES = [
    "Kim", "Lee", "Park", "Choi", "Jung", "Kang", "Cho", "Yoon", "Jang", "Lim", "Han", "Oh", "Seo", "Shin", "Kwon", "Hwang", "Ahn",
    "Song", "Wang", "Li", "Zhang", "Liu", "Chen", "Yang", "Huang", "Zhao", "Wu", "Zhou", "Xu", "Sun", "Ma", "Zhu", "Hu", "Guo", "Lin",
    "Novák", "Müller", "Schäfer", "García", "Fernández", "Gonçalves", "Peña", "Sørensen", "Åberg", "Kowalski", "Wójcik", "Dvořák",
    "Yılmaz", "Öztürk", "Ionescu", "Petrov", "Ivanova", "Rossi", "Bianchi", "Dubois", "Lefèvre", "Moreau", "van Dijk", "de Boer",
    "Smith", "Johnson", "Brown", "Miller", "Wilson", "Taylor", "Clark", "Walker", "O'Connor", "Murphy", "Patel", "Sharma", "Gupta",
    "Singh", "Iyer", "Tanaka", "Sato", "Suzuki", "Nakamura", "Nguyễn", "Trần", "Phạm", "Haddad", "Khalil", "Cohen", "Levi", "Mensah",
    "Okafor", "Silva", "Costa", "Hernández", "Castro", "Nielsen", "Virtanen", "Horváth", "Szabó", "Popescu", "Kaya", "Demir",
]
KOREAN_NAMES = ["김하람", "이서진", "박도윤", "최가온", "정누리", "강라온", "조은별", "윤시우", "임다솜", "한결", "오예린", "서지안"]
COMPANIES = ["Naru Research Team", "Haneul AI", "Open Meadow Lab", "Tidewater Intelligence", "Maru Language Group", "Saebyeok Labs, Inc."]
# fmt: on
