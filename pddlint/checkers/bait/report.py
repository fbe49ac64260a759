"""From a verdict to a finding: the SKU, its price, the price the rest suggests, and the signs in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pddlint.catalog.model import Listing
from pddlint.checkers.bait import ladder
from pddlint.checkers.bait.judge import Verdict, judge
from pddlint.checkers.bait.settings import threshold, words_of
from pddlint.checkers.bait.weighing import Reason
from pddlint.checkers.base import Context, Rule, Text
from pddlint.findings import Finding, at_sku

PLATFORM_TERM = "低价引流"  # what the platform calls the whole family

MESSAGE = Text(
    "规格“{sku}”{priced_zh}{beside_zh}：{why_zh}",
    'SKU "{sku}" {priced_en}{beside_en}: {why_en}',
)
CONSEQUENCE = Text(
    "平台按低价引流处理：商品降权、屏蔽或删除，店铺可能被限制提现、限制上新，严重的终止合作。",
    "The platform treats it as low-price bait: the listing is demoted, hidden or deleted; the shop may have "
    "withdrawals frozen, be barred from new listings, or lose its contract.",
)

# What each sign says; {words} are the words or numbers found, in the seller's own spelling.
_SIGNS: Mapping[str, Text] = {
    "not-for-sale": Text("“{words}”说明买不到实物", '"{words}" says there is nothing to buy'),
    "title-not-for-sale": Text("标题写着“{words}”，买不到实物", 'the title says "{words}": there is nothing to buy'),
    "placeholder-words": Text("“{words}”像占位", '"{words}" reads like a placeholder'),
    "service-as-sku": Text("“{words}”是服务，不是商品", '"{words}" is work, not goods'),
    "absurd-price": Text("价格低得不是真实售价", "the price is too low to be a real one"),
    "named-by-price": Text("规格拿自己的价钱当名字", "it is named by its own price"),
    "irregular": Text("“{words}”不是正常销售的商品", '"{words}" marks irregular goods'),
    "irregular-words": Text("“{words}”像非正常商品", '"{words}" hints at irregular goods'),
    "flawed": Text("“{words}”是残次的", '"{words}" names a flaw'),
    "one-of-a-pair": Text("成对的商品只卖“{words}”", 'goods sold in pairs are offered as "{words}"'),
    "sample": Text("“{words}”是小样或试用", '"{words}" is a sample'),
    "sample-words": Text("“{words}”像小样", '"{words}" reads like a sample'),
    "taster-size": Text("分量只有其他规格的 1/{words}", "it holds 1/{words} of the smallest other"),
    "not-the-title-size": Text("尺寸远小于标题所说", "it is far smaller than the title says"),
    "cheap-unit": Text("折算单价也低于其他规格", "even its unit price is below the others'"),
    "lower-grade": Text("“{words}”", '"{words}"'),
    "denies": Text("“{words}”与标题相反", '"{words}" contradicts the title'),
    "lesser-make": Text("“{words}”是另一个档次", '"{words}" is a lesser make'),
    "part": Text("“{words}”是配件、耗材或包装", '"{words}" is a part, refill or packaging'),
    "like-a-part": Text("“{words}”像配件", '"{words}" reads like a part'),
    "accessory-words": Text("写明“{words}”", 'it says "{words}"'),
    "without-product": Text("不含“{words}”本身", 'it comes without the "{words}" itself'),
    "only": Text("只卖“{words}”", 'marked "{words}"'),
    "other-goods": Text("“{words}”是另一种商品", '"{words}" is another kind of goods'),
    "other-brand": Text("“{words}”不是一个牌子", '"{words}" are different brands'),
    "beyond-category-range": Text("价差超过类目允许的倍数", "the price range is wider than the category allows"),
    "strange-picture": Text("缩略图与商品其他图片无关", "its thumbnail is unrelated to the listing's other pictures"),
    "apart": Text("其他规格价格相近，唯独它低得多", "the other SKUs cost about the same, and this one far less"),
    "reads-as-BAIT001": Text("“{words}”像是另一种商品", '"{words}" reads like other goods'),
    "reads-as-BAIT002": Text("“{words}”像是低一档的，或者小样", '"{words}" reads like a lesser make or a sample'),
    "reads-as-BAIT003": Text("“{words}”像是配件、耗材或包装", '"{words}" reads like a part, refill or packaging'),
    "reads-as-BAIT004": Text("“{words}”不像一件商品", '"{words}" reads like no goods at all'),
    "reads-as-BAIT005": Text("“{words}”不像正常销售的商品", '"{words}" reads like irregular goods'),
    "unlike-the-rest": Text("“{words}”在标题和其他规格里都没有", '"{words}" occurs nowhere else in the listing'),
}
# Signs that are about how little the SKU holds: only then is a weight or volume surely one, and worth a unit price.
_AMOUNT_SIGNS = frozenset(["sample", "sample-words", "taster-size", "cheap-unit", "tiny", "fair-pack"])
_UNITS: Mapping[str, Text] = {  # kind of quantity -> a hundred of its base unit
    "weight": Text("100 克", "100 g"),
    "volume": Text("100 毫升", "100 ml"),
}
_JOINED: Mapping[str, str] = {"lower-grade": " < "}


def findings(rule: Rule, listing: Listing, context: Context) -> Iterator[Finding]:
    """The findings of one rule of the family for a listing; nothing when the listing is not on sale."""
    verdicts = judge(listing, words_of(context, rule))
    if not verdicts:
        return iter(())
    least = threshold(listing, context, rule)
    return (finding(rule, listing, v) for v in verdicts if v.code == rule.code and v.confidence >= least)


def finding(rule: Rule, listing: Listing, verdict: Verdict) -> Finding:
    """The finding of one verdict."""
    money = verdict.money
    related = () if verdict.beside is None else (at_sku(listing, verdict.beside, "evidence"),)
    priced, beside = _prices(verdict)
    arguments: dict[str, str | int | float] = {
        "sku": verdict.sku.name or verdict.sku.id,
        "price": _yuan(verdict.sku.price_fen),
        "expected": _yuan(None if money is None else money.expected_fen),
        "priced_zh": priced.zh,
        "priced_en": priced.en,
        "beside_zh": beside.zh,
        "beside_en": beside.en,
        "why_zh": "，".join(_worded(reason, "zh") for reason in verdict.reasons if reason.sign in _SIGNS),
        "why_en": ", ".join(_worded(reason, "en") for reason in verdict.reasons if reason.sign in _SIGNS),
    }
    return Finding(
        rule.code,
        at_sku(listing, verdict.sku),
        verdict.confidence,
        arguments,
        related,
        (verdict.sku.id,),
        _evidence(verdict),
    )


def _prices(verdict: Verdict) -> tuple[Text, Text]:
    """The SKU's price and what the rest costs ("" without a rest), with unit prices where amounts are compared."""
    money, price = verdict.money, verdict.sku.price_fen
    if price is None:
        return Text("没有标价", "has no price"), Text("", "")
    priced = Text(f"标价 {_yuan(price)}", f"is priced {_yuan(price)}")
    if money is None:
        return priced, Text("", "")
    by_amount = money.quantity in _UNITS and any(reason.sign in _AMOUNT_SIGNS for reason in verdict.reasons)
    amount = ladder.amounts(verdict.sku.name).get(money.quantity, 0.0) if by_amount else 0.0
    rest = _yuan(money.expected_fen if money.expected_fen > price and not amount else money.reference_fen)
    beside = Text(f"，同商品其他规格约 {rest}", f" where the rest of the listing suggests {rest}")
    if not amount:
        return priced, beside
    mine, theirs = (_yuan(round(fen / amount * 100)) for fen in (price, money.expected_fen))
    unit = _UNITS[money.quantity]
    return (
        Text(f"{priced.zh}（每 {unit.zh} {mine}）", f"{priced.en} ({mine} per {unit.en})"),
        Text(f"{beside.zh}（每 {unit.zh} {theirs}）", f"{beside.en} ({theirs} per {unit.en})"),
    )


def _worded(reason: Reason, language: str) -> str:
    sign = _SIGNS[reason.sign]
    template = sign.zh if language == "zh" else sign.en
    return template.format(words=_JOINED.get(reason.sign, "、" if language == "zh" else ", ").join(reason.words))


def _evidence(verdict: Verdict) -> dict[str, Any]:
    """The verdict as plain data: prices in fen, and each sign with its words and its weight in the log-odds."""
    money = verdict.money
    evidence: dict[str, Any] = {
        "platform_term": PLATFORM_TERM,
        "sku": verdict.sku.name,
        "price_fen": verdict.sku.price_fen,
        "signs": [
            {"sign": reason.sign, "weight": round(reason.weight, 2), "words": list(reason.words)}
            for reason in verdict.reasons
        ],
    }
    if money is not None:
        evidence |= {
            "rest_median_fen": money.reference_fen,
            "expected_fen": money.expected_fen,
            "price_ratio": round(money.ratio, 4),
            "unit_price_ratio": round(money.unit_ratio, 4),
            "compared_by": money.quantity or "price",
            "shown_as_listing_price": money.lowest,
        }
    return evidence


def _yuan(fen: int | None) -> str:
    return "–" if fen is None else f"¥{fen / 100:.2f}"
