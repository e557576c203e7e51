"""The 20 entries of the four seed files in every field, copied by hand from the files, not by the parser.

Rows of EXPECTED: (file name, date, entries); an entry is a dict of title, authors, abstract, ko, en, tags.
"""

import datetime
from typing import Any

EXPECTED: list[tuple[str, datetime.date, list[dict[str, Any]]]] = [
    (
        "000_dbb4a703b8a4a056.txt",
        datetime.date(2024, 10, 30),
        [
            {
                "title": "How Does Critical Batch Size Scale in Pre-training?",
                "authors": (
                    "Hanlin Zhang",
                    "Depen Morwani",
                    "Nikhil Vyas",
                    "Jingfeng Wu",
                    "Difan Zou",
                    "Udaya Ghai",
                    "Dean Foster",
                    "Sham Kakade",
                ),
                "abstract": "Training large-scale models under given resources requires careful design of parallelism strategies. In particular, the efficiency notion of critical batch size, concerning the compromise between time and compute, marks the threshold beyond which greater data parallelism leads to diminishing returns. To operationalize it, we propose a measure of CBS and pre-train a series of auto-regressive language models, ranging from 85 million to 1.2 billion parameters, on the C4 dataset. Through extensive hyper-parameter sweeps and careful control on factors such as batch size, momentum, and learning rate along with its scheduling, we systematically investigate the impact of scale on CBS. Then we fit scaling laws with respect to model and data sizes to decouple their effects. Overall, our results demonstrate that CBS scales primarily with data size rather than model size, a finding we justify theoretically through the analysis of infinite-width limits of neural networks and infinite-dimensional least squares regression. Of independent interest, we highlight the importance of common hyper-parameter choices and strategies for studying large-scale pre-training beyond fixed training durations.",
                "ko": "Crticial Batch Size에 대한 Scaling Law. 결론은 모델 크기에 비해 데이터 크기 증가에 따라 Critical Batch Size가 증가한다는 것이군요. 배치 크기 - 토큰 길이에 따른 관계라거나 LR 스케줄을 대체하는 Constant + EWA 등등 재미있는 부분들이 많습니다.",
                "en": "This paper discusses the scaling law for critical batch size. The conclusion is that critical batch size increases more with data size than with model size. There are many interesting aspects explored, such as the relationship between batch size and token length, and the use of constant learning rate + EWA as a replacement for learning rate scheduling.",
                "tags": ("scaling-law", "hyperparameter"),
            },
            {
                "title": "L3Ms -- Lagrange Large Language Models",
                "authors": ("Guneet S. Dhillon", "Xingjian Shi", "Yee Whye Teh", "Alex Smola"),
                "abstract": "Supervised fine-tuning (SFT) and alignment of large language models (LLMs) are key steps in providing a good user experience. However, the concept of an appropriate alignment is inherently application-dependent, and current methods often rely on heuristic choices to drive the optimization. In this work, we formulate SFT and alignment as a constrained optimization problem, where the LLM is trained on a task while being required to meet application-specific requirements, without resorting to heuristics. To solve this, we propose Lagrange Large Language Models (L3Ms), which employ logarithmic barriers to enforce the constraints. This approach allows for the customization of L3Ms across diverse applications while avoiding heuristic-driven processes. We demonstrate experimentally the versatility and efficacy of L3Ms in achieving tailored alignments for various applications.",
                "ko": "Reward를 제약 조건으로 건 상황에서 SFT. 그런 의미에서 SFT와 RLHF를 통합했다고 표현하고 있네요.",
                "en": "This paper performs SFT with reward constraints. In this sense, it can be said to unify SFT and RLHF.",
                "tags": ("reward-model", "alignment"),
            },
            {
                "title": "Task Vectors are Cross-Modal",
                "authors": ("Grace Luo", "Trevor Darrell", "Amir Bar"),
                "abstract": "We investigate the internal representations of vision-and-language models (VLMs) and how they encode task representations. We consider tasks specified through examples or instructions, using either text or image inputs. Surprisingly, we find that conceptually similar tasks are mapped to similar task vector representations, regardless of how they are specified. Our findings suggest that to output answers, tokens in VLMs undergo three distinct phases: input, task, and answer, a process which is consistent across different modalities and specifications. The task vectors we identify in VLMs are general enough to be derived in one modality (e.g., text) and transferred to another (e.g., image). Additionally, we find that ensembling exemplar and instruction based task vectors produce better task representations. Taken together, these insights shed light on the underlying mechanisms of VLMs, particularly their ability to represent tasks in a shared manner across different modalities and task specifications. Project page: https://task-vectors-are-cross-modal.github.io.",
                "ko": "In-context Learning 프롬프트에서 추출한 과제의 내용을 기술하는 임베딩이 모달리티 사이에 공통적으로 작동한다는 연구. 즉 텍스트로 작성한 과제에 대한 임베딩을 이미지 입력에 대해 사용하면 이미지에 대해 동일한 과제를 수행한다고 합니다. 이미지와 텍스트의 정렬이 이미지-텍스트 모델의 성능에 중요하다는 것과 관련이 있지 않을까요. (https://arxiv.org/abs/2408.16357)",
                "en": "This research shows that embeddings containing task information, extracted from in-context learning prompts, function across different modalities. Specifically, if you extract embeddings from tasks described in text and apply them to image inputs, the model performs the same tasks on images. I think this might be related to findings suggesting that alignment between images and text is crucial for the performance of image-text models. (https://arxiv.org/abs/2408.16357)",
                "tags": ("in-context-learning", "multimodal"),
            },
        ],
    ),
    (
        "001_01ea70f33bfa7c72.txt",
        datetime.date(2024, 10, 10),
        [
            {
                "title": "Everything Everywhere All at Once: LLMs can In-Context Learn Multiple Tasks in Superposition",
                "authors": (
                    "Zheyang Xiong",
                    "Ziyang Cai",
                    "John Cooper",
                    "Albert Ge",
                    "Vasilis Papageorgiou",
                    "Zack Sifakis",
                    "Angeliki Giannou",
                    "Ziqian Lin",
                    "Liu Yang",
                    "Saurabh Agarwal",
                    "Grigorios G Chrysos",
                    "Samet Oymak",
                    "Kangwook Lee",
                    "Dimitris Papailiopoulos",
                ),
                "abstract": 'Large Language Models (LLMs) have demonstrated remarkable in-context learning (ICL) capabilities. In this study, we explore a surprising phenomenon related to ICL: LLMs can perform multiple, computationally distinct ICL tasks simultaneously, during a single inference call, a capability we term "task superposition". We provide empirical evidence of this phenomenon across various LLM families and scales and show that this phenomenon emerges even if we train the model to in-context learn one task at a time. We offer theoretical explanations that this capability is well within the expressive power of transformers. We also explore how LLMs internally compose task vectors during superposition. Furthermore, we show that larger models can solve more ICL tasks in parallel, and better calibrate their output distribution. Our findings offer insights into the latent capabilities of LLMs, further substantiate the perspective of "LLMs as superposition of simulators", and raise questions about the mechanisms enabling simultaneous task execution.',
                "ko": "In-context Learning에서 여러 과제를 수행하도록 예제를 섞었을 때에도 그 과제들을 모두 반영할 수 있다는 결과. 심지어 하나의 과제만 수행하도록 학습한 경우에도 여러 과제에 대한 대응이 가능했다고 하네요.",
                "en": "This paper shows that models can handle multiple tasks simultaneously in in-context learning, even when examples from different tasks are mixed together. Surprisingly, the models were able to respond to multiple tasks even when they were trained to perform only one task at a time.",
                "tags": ("in-context-learning",),
            },
            {
                "title": "Pyramidal Flow Matching for Efficient Video Generative Modeling",
                "authors": (
                    "Yang Jin",
                    "Zhicheng Sun",
                    "Ningyuan Li",
                    "Kun Xu",
                    "Kun Xu",
                    "Hao Jiang",
                    "Nan Zhuang",
                    "Quzhe Huang",
                    "Yang Song",
                    "Yadong Mu",
                    "Zhouchen Lin",
                ),
                "abstract": "Video generation requires modeling a vast spatiotemporal space, which demands significant computational resources and data usage. To reduce the complexity, the prevailing approaches employ a cascaded architecture to avoid direct training with full resolution. Despite reducing computational demands, the separate optimization of each sub-stage hinders knowledge sharing and sacrifices flexibility. This work introduces a unified pyramidal flow matching algorithm. It reinterprets the original denoising trajectory as a series of pyramid stages, where only the final stage operates at the full resolution, thereby enabling more efficient video generative modeling. Through our sophisticated design, the flows of different pyramid stages can be interlinked to maintain continuity. Moreover, we craft autoregressive video generation with a temporal pyramid to compress the full-resolution history. The entire framework can be optimized in an end-to-end manner and with a single unified Diffusion Transformer (DiT). Extensive experiments demonstrate that our method supports generating high-quality 5-second (up to 10-second) videos at 768p resolution and 24 FPS within 20.7k A100 GPU training hours. All code and models will be open-sourced at https://pyramid-flow.github.io.",
                "ko": "비디오 생성 모델. 스케줄을 나눠서 대부분의 샘플링 과정을 저해상도에서 수행하게 하고, Autoregressive한 구조로 시간축에 대한 Conditioning을 하면서 과거일수록 저해상도의 정보를 사용하는 형태로 만들었군요.",
                "en": "Video generation model. They've divided the schedule so that most of the sampling process is performed at low resolution. They've also implemented an autoregressive structure that conditions on the time axis, using lower resolution information for frames further in the past.",
                "tags": ("video-generation",),
            },
            {
                "title": "TxT360: A Top-Quality LLM Pre-training Dataset Requires the Perfect Blend",
                "authors": (
                    "Liping Tang",
                    "Nikhil Ranjan",
                    "Omkar Pangarkar",
                    "Xuezhi Liang",
                    "Zhen Wang",
                    "Li An",
                    "Bhaskar Rao",
                    "Zhoujun Cheng",
                    "Suqi Sun",
                    "Cun Mu",
                    "Victor Miller",
                    "Yue Peng",
                    "Eric P. Xing",
                    "Zhengzhong Liu",
                ),
                "abstract": "",
                "ko": (
                    "LLM 프리트레이닝을 위한 코퍼스인데 Common Crawl 뿐만 아니라 StackExchange 같은 데이터 소스도 전처리하고 Global Deduplication을 했네요.\n\n"
                    "Common Crawl의 경우에는 Trafilatura + 휴리스틱 필터링 기반입니다. 모델 기반 필터링은 사용하지 않았네요. 특이하게도 Duplication 횟수에 따라 Upsampling을 하는 방법을 사용했습니다. Duplicate의 수가 문서의 퀄리티에 대한 간접적인 지표가 될 수 있다는 직관입니다."
                ),
                "en": (
                    "Corpus for LLM pre-training that not only uses Common Crawl but also preprocessed and globally deduplicated other data sources like StackExchange.\n\n"
                    "For Common Crawl, they used Trafilatura and heuristic filtering. Model-based filtering was not employed. Interestingly, they used an upsampling method based on the number of duplications. The intuition is that the number of duplicates can serve as an indirect indicator of document quality."
                ),
                "tags": ("corpus",),
            },
            {
                "title": "Round and Round We Go! What makes Rotary Positional Encodings useful?",
                "authors": (
                    "Federico Barbero",
                    "Alex Vitvitskyi",
                    "Christos Perivolaropoulos",
                    "Razvan Pascanu",
                    "Petar Veličković",
                ),
                "abstract": 'Positional Encodings (PEs) are a critical component of Transformer-based Large Language Models (LLMs), providing the attention mechanism with important sequence-position information. One of the most popular types of encoding used today in LLMs are Rotary Positional Encodings (RoPE), that rotate the queries and keys based on their relative distance. A common belief is that RoPE is useful because it helps to decay token dependency as relative distance increases. In this work, we argue that this is unlikely to be the core reason. We study the internals of a trained Gemma 7B model to understand how RoPE is being used at a mechanical level. We find that Gemma learns to use RoPE to construct robust "positional" attention patterns by exploiting the highest frequencies. We also find that, in general, Gemma greatly prefers to use the lowest frequencies of RoPE, which we suspect are used to carry semantic information. We mathematically prove interesting behaviours of RoPE and conduct experiments to verify our findings, proposing a modification of RoPE that fixes some highlighted issues and improves performance. We believe that this work represents an interesting step in better understanding PEs in LLMs, which we believe holds crucial value for scaling LLMs to large sizes and context lengths.',
                "ko": (
                    "RoPE에서 고주파수 차원들은 위치 기반 Attention에 사용되고 저주파수 차원들은 의미 기반 Attention에 사용된다는 발견. 저주파수 차원들이 토큰 위치에 따른 변화가 적기에 의미 기반 Attention에 사용되는 것일 텐데, 그렇다면 저주파수 차원이 없는 쪽이 더 나을 수도 있겠죠.\n\n"
                    "그래서 부분적으로만 RoPE를 적용하는 실험을 했습니다. 사실 RoPE에 본래 있었던 옵션이기도 하죠. Long Context에서의 특성은 어떨지도 궁금하네요."
                ),
                "en": (
                    "The study found that in RoPE, high-frequency dimensions are used for position-based attention, while low-frequency dimensions are used for semantic-based attention. The low-frequency dimensions likely serve this purpose because they change less with token position. This raises the question of whether it might be better to eliminate the low-frequency dimensions altogether.\n\n"
                    "Consequently, the researchers conducted experiments applying RoPE only partially. In fact, this was originally an option in RoPE. I'm curious about how this would affect performance in long-context scenarios."
                ),
                "tags": ("positional-encoding",),
            },
            {
                "title": "Scaling Laws Across Model Architectures: A Comparative Analysis of Dense and MoE Models in Large Language Models",
                "authors": ("Siqi Wang", "Zhengyu Chen", "Bei Li", "Keqing He", "Min Zhang", "Jingang Wang"),
                "abstract": "The scaling of large language models (LLMs) is a critical research area for the efficiency and effectiveness of model training and deployment. Our work investigates the transferability and discrepancies of scaling laws between Dense Models and Mixture of Experts (MoE) models. Through a combination of theoretical analysis and extensive experiments, including consistent loss scaling, optimal batch size and learning rate scaling, and resource allocation strategies scaling, our findings reveal that the power-law scaling framework also applies to MoE Models, indicating that the fundamental principles governing the scaling behavior of these models are preserved, even though the architecture differs. Additionally, MoE Models demonstrate superior generalization, resulting in lower testing losses with the same training compute budget compared to Dense Models. These findings indicate the scaling consistency and transfer generalization capabilities of MoE Models, providing new insights for optimizing MoE Model training and deployment strategies.",
                "ko": "MoE에 대한 Scaling Law. 최적 모델 규모에 대해서는 MoE 모델이 Dense 모델보다 지수가 더 크네요. (더 큰 모델 규모를 선호.) 최적 LR과 배치 크기에 대한 Scaling Law에 대해서는 본문에서는 차이가 있다고 하는데 Loss 타겟에 대해서는 사실 꽤 비슷한 것 같습니다. 모델 규모에 대해서는 차이가 있는 듯 하지만 그래프만으로는 알기 어렵네요.",
                "en": "Scaling law for MoE. For optimal model scales, MoE models have a larger exponent compared to dense models (indicating a preference for larger model sizes). Regarding the scaling laws for optimal learning rate and batch size, while the paper suggests there are differences, I think they're quite similar with respect to specific loss targets. There might be differences in relation to model scale, but it's difficult to determine this from the plots alone.",
                "tags": ("scaling-law", "moe"),
            },
            {
                "title": "Time Transfer: On Optimal Learning Rate and Batch Size In The Infinite Data Limit",
                "authors": ("Oleg Filatov", "Jan Ebert", "Jiangtao Wang", "Stefan Kesselheim"),
                "abstract": "One of the main challenges in optimal scaling of large language models (LLMs) is the prohibitive cost of hyperparameter tuning, particularly learning rate η and batch size B. While techniques like μP (Yang et al., 2022) provide scaling rules for optimal η transfer in the infinite model size limit, the optimal scaling behavior in the infinite data size limit (T → ∞) remains unknown. We fill in this gap by observing for the first time an interplay of three optimal η scaling regimes: η ∝ sqrt(T), η ∝ 1, and η ∝ 1/sqrt(T) with transitions controlled by B and its relation to the time-evolving critical batch size B_crit ∝ T. Furthermore, we show that the optimal batch size is positively correlated with B_crit: keeping it fixed becomes suboptimal over time even if learning rate is scaled optimally. Surprisingly, our results demonstrate that the observed optimal η and B dynamics are preserved with μP model scaling, challenging the conventional view of B_crit dependence solely on loss value. Complementing optimality, we examine the sensitivity of loss to changes in learning rate, where we find the sensitivity to decrease with T → ∞ and to remain constant with μP model scaling. We hope our results make the first step towards a unified picture of the joint optimal data and model scaling.",
                "ko": (
                    "요즘 자주 이야기가 나오는 학습량 증가에 따른 최적 LR과 배치 크기의 변화. LR과 배치 크기의 상호작용이 있어서 해석이 복잡하긴 한데 일단 최적 Loss 타겟에서는 학습량에 따라 LR과 배치 크기가 단조 증가하는 것 같네요.\n\n"
                    "문제가 복잡해지긴 하지만 그래도 다행스러운 것은 학습량 증가에 따라 LR에 대한 민감도가 감소하는 것 같다는 것이네요. μP도 모델 크기 증가에 따른 영향을 제거하는데 성공했습니다."
                ),
                "en": (
                    "This paper discusses the changes in optimal learning rate (LR) and batch size as training time increases, a topic that has been frequently discussed recently. The analysis is complex due to the interaction between LR and batch size, but it appears that for optimal loss targets, both LR and batch size increase monotonically with longer training times.\n\n"
                    "While this does make the problem more complex, there's a fortunate finding: the sensitivity to LR seems to decrease as training duration increases. Additionally, μP has successfully managed to eliminate the effects of increasing model size."
                ),
                "tags": ("hyperparameter", "scaling-law"),
            },
            {
                "title": "Deciphering Cross-Modal Alignment in Large Vision-Language Models with Modality Integration Rate",
                "authors": (
                    "Qidong Huang",
                    "Xiaoyi Dong",
                    "Pan Zhang",
                    "Yuhang Zang",
                    "Yuhang Cao",
                    "Jiaqi Wang",
                    "Dahua Lin",
                    "Weiming Zhang",
                    "Nenghai Yu",
                ),
                "abstract": "We present the Modality Integration Rate (MIR), an effective, robust, and generalized metric to indicate the multi-modal pre-training quality of Large Vision Language Models (LVLMs). Large-scale pre-training plays a critical role in building capable LVLMs, while evaluating its training quality without the costly supervised fine-tuning stage is under-explored. Loss, perplexity, and in-context evaluation results are commonly used pre-training metrics for Large Language Models (LLMs), while we observed that these metrics are less indicative when aligning a well-trained LLM with a new modality. Due to the lack of proper metrics, the research of LVLMs in the critical pre-training stage is hindered greatly, including the training data choice, efficient module design, etc. In this paper, we propose evaluating the pre-training quality from the inter-modal distribution distance perspective and present MIR, the Modality Integration Rate, which is 1) \\textbf{Effective} to represent the pre-training quality and show a positive relation with the benchmark performance after supervised fine-tuning. 2) \\textbf{Robust} toward different training/evaluation data. 3) \\textbf{Generalize} across training configurations and architecture choices. We conduct a series of pre-training experiments to explore the effectiveness of MIR and observe satisfactory results that MIR is indicative about training data selection, training strategy schedule, and model architecture design to get better pre-training results. We hope MIR could be a helpful metric for building capable LVLMs and inspire the following research about modality alignment in different areas. Our code is at: https://github.com/shikiw/Modality-Integration-Rate.",
                "ko": "이미지 토큰과 텍스트 토큰의 분포의 유사도가 (FID) 모델의 성능과 연관성이 높다는 아이디어. 재미있네요. Loss와 비슷한 느낌이지만 Loss보다 좀 더 강인한 지표일 수 있다는 이야기를 합니다.",
                "en": "This paper presents an interesting idea: the similarity of distribution (FID) between image and text tokens is highly correlated with model performance. It's reminiscent of loss, but the authors argue that it could be a more robust indicator than loss.",
                "tags": ("multimodal", "metric"),
            },
            {
                "title": "The Accuracy Paradox in RLHF: When Better Reward Models Don't Yield Better Language Models",
                "authors": (
                    "Yanjun Chen",
                    "Dawei Zhu",
                    "Yirong Sun",
                    "Xinghao Chen",
                    "Wei Zhang",
                    "Xiaoyu Shen",
                ),
                "abstract": "Reinforcement Learning from Human Feedback significantly enhances Natural Language Processing by aligning language models with human expectations. A critical factor in this alignment is the strength of reward models used during training. This study explores whether stronger reward models invariably lead to better language models. In this paper, through experiments on relevance, factuality, and completeness tasks using the QA-FEEDBACK dataset and reward models based on Longformer, we uncover a surprising paradox: language models trained with moderately accurate reward models outperform those guided by highly accurate ones. This challenges the widely held belief that stronger reward models always lead to better language models, and opens up new avenues for future research into the key factors driving model performance and how to choose the most suitable reward models. Code and additional details are available at https://github.com/EIT-NLP/AccuracyParadox-RLHF.",
                "ko": "정확도가 더 높은 Reward Model이 더 나은 RLHF 결과로 이어지지 않는다는 결과. Reward Model의 역할을 생각하면 정확도 이상으로 Reward Score의 거동과 특성이 중요하겠죠.",
                "en": "This study shows that more accurate reward models do not necessarily lead to better RLHF results. Considering the role of reward models, the behavior and characteristics of reward scores may be more important than mere accuracy.",
                "tags": ("reward-model",),
            },
        ],
    ),
    (
        "002_395df8a5cb44e190.txt",
        datetime.date(2024, 5, 29),
        [
            {
                "title": "Scaling Laws and Compute-Optimal Training Beyond Fixed Training Durations",
                "authors": (
                    "Alexander Hägele",
                    "Elie Bakouch",
                    "Atli Kosson",
                    "Loubna Ben Allal",
                    "Leandro Von Werra",
                    "Martin Jaggi",
                ),
                "abstract": "Scale has become a main ingredient in obtaining strong machine learning models. As a result, understanding a model's scaling properties is key to effectively designing both the right training setup as well as future generations of architectures. In this work, we argue that scale and training research has been needlessly complex due to reliance on the cosine schedule, which prevents training across different lengths for the same model size. We investigate the training behavior of a direct alternative - constant learning rate and cooldowns - and find that it scales predictably and reliably similar to cosine. Additionally, we show that stochastic weight averaging yields improved performance along the training trajectory, without additional training costs, across different scales. Importantly, with these findings we demonstrate that scaling experiments can be performed with significantly reduced compute and GPU hours by utilizing fewer but reusable training runs.",
                "ko": (
                    "요즘 유행하는 Constant LR + Cooldown 스케줄을 Scaling Law 추정에 활용한 방법이네요. 코사인 스케줄을 쓴다면 모델 크기/학습량에 따라 새로운 모델을 학습시켜야 하죠. 그런데 Constant LR을 쓴다고 하면 같은 모델을 추가 학습한 다음 Cooldown을 시키면 되기에 재활용을 할 수 있습니다.\n\n"
                    "사실 DeepSeek LLM (https://arxiv.org/abs/2401.02954) 에서도 사용한 방법이고 MiniCPM에서도 Scaling Law 추정에 활용했을 것 같네요. (https://shengdinghu.notion.site/MiniCPM-Unveiling-the-Potential-of-End-side-Large-Language-Models-d4d3a8c426424654a4e80e42a711cb20)"
                ),
                "en": "",
                "tags": ("scaling-law",),
            },
            {
                "title": "Long Context is Not Long at All: A Prospector of Long-Dependency Data for Large Language Models",
                "authors": ("Longze Chen", "Ziqiang Liu", "Wanwei He", "Yunshui Li", "Run Luo", "Min Yang"),
                "abstract": "Long-context modeling capabilities are important for large language models (LLMs) in various applications. However, directly training LLMs with long context windows is insufficient to enhance this capability since some training samples do not exhibit strong semantic dependencies across long contexts. In this study, we propose a data mining framework \\textbf{ProLong} that can assign each training sample with a long dependency score, which can be used to rank and filter samples that are more advantageous for enhancing long-context modeling abilities in LLM training. Specifically, we first use delta perplexity scores to measure the \\textit{Dependency Strength} between text segments in a given document. Then we refine this metric based on the \\textit{Dependency Distance} of these segments to incorporate spatial relationships across long-contexts. Final results are calibrated with a \\textit{Dependency Specificity} metric to prevent trivial dependencies introduced by repetitive patterns. Moreover, a random sampling approach is proposed to optimize the computational efficiency of ProLong. Comprehensive experiments on multiple benchmarks indicate that ProLong effectively identifies documents that carry long dependencies and LLMs trained on these documents exhibit significantly enhanced long-context modeling capabilities.",
                "ko": "텍스트 내 부분들 사이의 의존 관계가 높은 데이터들이 Long Context 튜닝에 더 유용한 높은 퀄리티의 텍스트일 것이라는 아이디어.",
                "en": "",
                "tags": ("long-context",),
            },
            {
                "title": "Phased Consistency Model",
                "authors": (
                    "Fu-Yun Wang",
                    "Zhaoyang Huang",
                    "Alexander William Bergman",
                    "Dazhong Shen",
                    "Peng Gao",
                    "Michael Lingelbach",
                    "Keqiang Sun",
                    "Weikang Bian",
                    "Guanglu Song",
                    "Yu Liu",
                    "Hongsheng Li",
                    "Xiaogang Wang",
                ),
                "abstract": "The consistency model (CM) has recently made significant progress in accelerating the generation of diffusion models. However, its application to high-resolution, text-conditioned image generation in the latent space (a.k.a., LCM) remains unsatisfactory. In this paper, we identify three key flaws in the current design of LCM. We investigate the reasons behind these limitations and propose the Phased Consistency Model (PCM), which generalizes the design space and addresses all identified limitations. Our evaluations demonstrate that PCM significantly outperforms LCM across 1--16 step generation settings. While PCM is specifically designed for multi-step refinement, it achieves even superior or comparable 1-step generation results to previously state-of-the-art specifically designed 1-step methods. Furthermore, we show that PCM's methodology is versatile and applicable to video generation, enabling us to train the state-of-the-art few-step text-to-video generator. More details are available at https://g-u-n.github.io/projects/pcm/.",
                "ko": "Consistency Distillation에 대한 개선. Trajectory를 쪼갠다는 점에서는 Multistep Consistency Models (https://arxiv.org/abs/2403.06807) 와 통하는 점이 있는 것 같습니다. Text Condition에 대해서 했고 Adversarial Loss를 사용했다는 점이 추가 포인트겠네요.",
                "en": "",
                "tags": ("diffusion",),
            },
        ],
    ),
    (
        "003_a47653e8b8fbc4d9.txt",
        datetime.date(2024, 3, 14),
        [
            {
                "title": "Scaling Instructable Agents Across Many Simulated Worlds",
                "authors": (),
                "abstract": "",
                "ko": (
                    "3D 게임/환경에 대한 에이전트. 언어로 지시하면 그에 따라 키보드와 마우스 조작으로 3D 환경에서 과제를 수행하는 형태입니다. 게임과 3D 환경을 준비하고 혹은 구축한 다음 이에 대해 Behavioral Cloning을 하기 위한 데이터를 구축했군요. 단적으로 사람의 플레이와 그에 대한 지시 데이터를 구축했습니다.\n\n"
                    "에이전트 구축을 위해서 프리트레이닝된 모델들을 조합했는데 이쪽도 좀 재미있네요. 영상 예측을 위해 Phenaki (https://arxiv.org/abs/2210.02399), 이미지-텍스트에 대해 SPARC (https://arxiv.org/abs/2401.09865) 이를 결합하는 Transformer에 더불어 과거 메모리를 모델링하는 Transformer-XL이 사용됐군요. Transformer-XL은 정말 오랜만에 보네요.\n\n"
                    "이 위에 Policy 모델을 올려서 키보드/마우스 조작을 예측하게 했습니다. 여기에 Classifier Free Guidance를 사용해서 언어 입력에 대한 Conditioning을 강화했군요."
                ),
                "en": "",
                "tags": ("agent",),
            },
            {
                "title": "Claude 3 Haiku",
                "authors": (),
                "abstract": "",
                "ko": "Claude 3 Haiku가 배포됐군요. GPT-3.5보다 고성능이면서 더 저렴하다고 하고 있습니다. 고성능/고비용 모델 뿐만 아니라 적당한 성능에 저렴한 모델에 대한 수요는 지속적으로 있을 것이고 그걸 타겟하는 것도 중요한 문제일 듯 하네요. 더하자면 파인튜닝으로 특화한 더 저렴한 모델들 또한 수요가 있겠죠.",
                "en": "",
                "tags": ("llm",),
            },
            {
                "title": "Maximizing training throughput using PyTorch FSDP",
                "authors": (),
                "abstract": "",
                "ko": (
                    "FSDP로 프리트레이닝 수준의 학습을 진행해보려는 노력은 계속되네요. OLMo도 그랬고 이번에는 IBM 쪽이네요. Computation/Communication Overlap은 기본적으로 중요한 문제였고 여기서 추가적으로 소개하는 것은 Activation Checkpointing을 몇 개 레이어 당 한 번으로 줄여 속도를 개선하려는 시도군요.\n\n"
                    "Tensor Parallel이나 Sequence Parallel과 결합해서 좀 더 향상시킬 수 있는 방향이 있지 않을까 싶긴 합니다. 그렇지만 거기까지 하면 3D Parallel로 가는 것이 맞지 않을까 하는 생각을 하게될 것 같긴 하네요."
                ),
                "en": "",
                "tags": ("efficient-training",),
            },
            {
                "title": "Language models scale reliably with over-training and on downstream tasks",
                "authors": (
                    "Samir Yitzhak Gadre",
                    "Georgios Smyrnis",
                    "Vaishaal Shankar",
                    "Suchin Gururangan",
                    "Mitchell Wortsman",
                    "Rulin Shao",
                    "Jean Mercat",
                    "Alex Fang",
                    "Jeffrey Li",
                    "Sedrick Keh",
                    "Rui Xin",
                    "Marianna Nezhurina",
                    "Igor Vasiljevic",
                    "Jenia Jitsev",
                    "Alexandros G. Dimakis",
                    "Gabriel Ilharco",
                    "Shuran Song",
                    "Thomas Kollar",
                    "Yair Carmon",
                    "Achal Dave",
                    "Reinhard Heckel",
                    "Niklas Muennighoff",
                    "Ludwig Schmidt",
                ),
                "abstract": 'Scaling laws are useful guides for developing language models, but there are still gaps between current scaling studies and how language models are ultimately trained and evaluated. For instance, scaling is usually studied in the compute-optimal training regime (i.e., "Chinchilla optimal" regime); however, in practice, models are often over-trained to reduce inference costs. Moreover, scaling laws mostly predict loss on next-token prediction, but ultimately models are compared based on downstream task performance. In this paper, we address both shortcomings. To do so, we create a testbed of 104 models with 0.011B to 6.9B parameters trained with various numbers of tokens on three data distributions. First, we investigate scaling in the over-trained regime. We fit scaling laws that extrapolate in both the number of model parameters and the ratio of training tokens to parameters. This enables us to predict the validation loss of a 1.4B parameter, 900B token run (i.e., 32× over-trained) and a 6.9B parameter, 138B token run—each from experiments that take 300× less compute. Second, we relate the perplexity of a language model to its downstream task performance via a power law. We use this law to predict top-1 error averaged over downstream tasks for the two aforementioned models using experiments that take 20× less compute. Our experiments are available at https://github.com/mlfoundations/scaling.',
                "ko": (
                    "Chinchilla Optimal을 넘어선 Overtraining에 대한 Scaling Law와 Perplexity와 Downstream Task 성능에 대한 Scaling Law. 여기서의 가정은 Token Multiplier 즉 학습 토큰 D / 모델 크기 N의 변동에 대해 Scaling Curve는 경사의 변동 없이 평행 이동 한다는 것입니다. 사실 Chinchilla의 Parametric Loss의 형태에서 나오는 결과이긴 하죠.\n\n"
                    "저는 처음 봤을 때 상호작용이 있어야 하지 않을까 하는 생각을 했었는데 여전히 잘 들어맞네요."
                ),
                "en": "",
                "tags": ("scaling-law",),
            },
            {
                "title": "Simple and Scalable Strategies to Continually Pre-train Large Language Models",
                "authors": (
                    "Adam Ibrahim",
                    "Benjamin Thérien",
                    "Kshitij Gupta",
                    "Mats L. Richter",
                    "Quentin Anthony",
                    "Timothée Lesort",
                    "Eugene Belilovsky",
                    "Irina Rish",
                ),
                "abstract": "Large language models (LLMs) are routinely pre-trained on billions of tokens, only to start the process over again once new data becomes available. A much more efficient solution is to continually pre-train these models, saving significant compute compared to re-training. However, the distribution shift induced by new data typically results in degraded performance on previous data or poor adaptation to the new data. In this work, we show that a simple and scalable combination of learning rate (LR) re-warming, LR re-decaying, and replay of previous data is sufficient to match the performance of fully re-training from scratch on all available data, as measured by final loss and language model (LM) evaluation benchmarks. Specifically, we show this for a weak but realistic distribution shift between two commonly used LLM pre-training datasets (English$\\rightarrow$English) and a stronger distribution shift (English$\\rightarrow$German) at the $405$M parameter model scale with large dataset sizes (hundreds of billions of tokens). Selecting the weak but realistic shift for larger-scale experiments, we also find that our continual learning strategies match the re-training baseline for a 10B parameter LLM. Our results demonstrate that LLMs can be successfully updated via simple and scalable continual learning strategies, matching the re-training baseline using only a fraction of the compute. Finally, inspired by previous work, we propose alternatives to the cosine learning rate schedule that help circumvent forgetting induced by LR re-warming and that are not bound to a fixed token budget.",
                "ko": "Continual Pretraining에 대한 세팅 탐색. 이전 트레이닝 스케줄 때와 같은 수준의 LR로 LR Warmup, LR Decay, 이전 트레이닝 데이터를 5% 정도 섞기가 발견한 레시피군요. Infinite LR 스케줄이 편리하지 않을까 하는 이야기도 하고 있습니다. 추가 프리트레이닝을 해야할 경우가 빈번하다는 경험 때문인지 중국 쪽에서는 요새 Infinite LR 스케줄이 인기 있죠.",
                "en": "",
                "tags": ("continual-learning",),
            },
            {
                "title": "Strengthening Multimodal Large Language Model with Bootstrapped Preference Optimization",
                "authors": (
                    "Renjie Pi",
                    "Tianyang Han",
                    "Wei Xiong",
                    "Jipeng Zhang",
                    "Runtao Liu",
                    "Rui Pan",
                    "Tong Zhang",
                ),
                "abstract": 'Multimodal Large Language Models (MLLMs) excel in generating responses based on visual inputs. However, they often suffer from a bias towards generating responses similar to their pretraining corpus, overshadowing the importance of visual information. We treat this bias as a "preference" for pretraining statistics, which hinders the model\'s grounding in visual input. To mitigate this issue, we propose Bootstrapped Preference Optimization (BPO), which conducts preference learning with datasets containing negative responses bootstrapped from the model itself. Specifically, we propose the following two strategies: 1) using distorted image inputs to the MLLM for eliciting responses that contain signified pretraining bias; 2) leveraging text-based LLM to explicitly inject erroneous but common elements into the original response. Those undesirable responses are paired with original annotated responses from the datasets to construct the preference dataset, which is subsequently utilized to perform preference learning. Our approach effectively suppresses pretrained LLM bias, enabling enhanced grounding in visual inputs. Extensive experimentation demonstrates significant performance improvements across multiple benchmarks, advancing the state-of-the-art in multimodal conversational systems.',
                "ko": (
                    "이미지-텍스트 Alignment는 텍스트 프리트레이닝에 비해 규모가 작기에 Vision-Language 모델은 여전히 텍스트 프리트레이닝의 영향을 크게 받고 있고 따라서 이미지에 제대로 Grounding 되어 있지 않고 대신 텍스트적인 특성에 따라 생성하는 경향이 많다는 아이디어.\n\n"
                    "대응 방안은 Golden Label을 Positive로 하고 이미지에 노이즈를 넣어 할루시네이션을 유도한 샘플들, LLM으로 텍스트를 변조한 샘플들을 Negative로 설정해서 DPO를 했습니다.\n\n"
                    "결국 RL을 하자는 결론이 다시 나왔군요."
                ),
                "en": "",
                "tags": ("hallucination", "rlaif"),
            },
        ],
    ),
]
