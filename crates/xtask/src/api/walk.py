"""Starts a demo shop, signs people in, and lets schemathesis ask every operation of the API's document as each of them.

Arguments: the server's program, and how many cases are drawn for each operation. Ends with 1 if anything answered with a server error."""

import http.cookiejar
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

SERVER, CASES = sys.argv[1], sys.argv[2]
HOOKS = str(pathlib.Path(__file__).resolve().parent)
PEOPLE = {"nobody": None, "member": ("/auth/sign-in", "13800000003"), "clerk": ("/staff/sign-in", "13900000001"), "administrator": ("/staff/sign-in", "13900000005")}
STORE = "sh-wukang"
# These end the session that asks, or close the person who asks.
NOT_ASKED = ["/api/v1/auth/sign-out", "/api/v1/account/erase", "/api/v1/staff/people/{id}/close"]
LIMITS = {"CONCORD_AUTH_PER_MINUTE": "1000000", "CONCORD_ORDERS_PER_MINUTE": "1000000"}


class Shop:
    def __init__(self, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.base, self.log = f"http://127.0.0.1:{port}/api/v1", folder / "log"
        arguments = [SERVER, "serve", "--demo", "--addr", f"127.0.0.1:{port}", "--data-dir", str(folder), "--site-dir", str(folder)]
        arguments += ["--database-url", f"sqlite://{folder / 'shop.db'}?mode=rwc"]
        self.process = subprocess.Popen(arguments, env={**os.environ, **LIMITS}, stdout=self.log.open("w"), stderr=subprocess.STDOUT)
        for _ in range(600):
            try:
                return urllib.request.urlopen(f"{self.base}/shop").close()
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        sys.exit(f"the server did not start:\n{self.log.read_text()[-2000:]}")

    def codes(self):
        """The demo shop writes the messages that it sends into its log."""
        return re.findall(r'code="?(\d+)', self.log.read_text())

    def person(self, who):
        return Person(self, *who) if who else None


class Person:
    def __init__(self, shop, path, phone):
        self.shop, self.jar = shop, http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        before = len(shop.codes())
        self.call("POST", "/auth/code", {"phone": phone})
        for _ in range(100):
            if len(shop.codes()) > before:
                break
            time.sleep(0.1)
        self.call("POST", path, {"phone": phone, "code": shop.codes()[-1]})

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.shop.base + path, method=method, data=data, headers={"content-type": "application/json"})
        try:
            with self.opener.open(request) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            sys.exit(f"{method} {path}: {error.code} {error.read().decode()}")

    def cookie(self):
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)


def ids(value, name="id"):
    """All values of a property, wherever it stands."""
    if isinstance(value, dict):
        own = [value[name]] if isinstance(value.get(name), str) else []
        return own + [found for inner in value.values() for found in ids(inner, name)]
    return [found for inner in value for found in ids(inner, name)] if isinstance(value, list) else []


def buy(member, key, skus):
    cart = {"lines": [{"id": f"l{at}", "sku": sku, "quantity": 2} for at, sku in enumerate(skus)]}
    ask = {"channel": "web", "store": None}
    piece = member.call("POST", "/slice", {**ask, "skus": skus, "coupons": []})
    quote = member.call("POST", "/quote", {**ask, "cart": cart})
    order = {**ask, "idempotency_key": key, "cart": cart, "at": piece["context"]["at"], "book": quote["book"], "engine": quote["engine"], "quote_hash": quote["hash"]}
    order.update({"delivery": {"kind": "pick_up", "store": STORE}, "contact": {"name": "陈", "phone": "13800000003"}})
    return member.call("POST", "/orders", order)


def pool(people):
    """What the shop has, by the name under which paths and bodies ask for it."""
    member, staff = people["member"], people["administrator"]
    stock = staff.call("GET", f"/staff/stock?place={STORE}&limit=500")
    skus = [row["sku"] for row in stock["rows"] if row["available"] > 15][:12]
    orders = [buy(member, f"walk-{at}-{time.time_ns()}", skus[:1 + at % 2]) for at in range(6)]
    numbers = [order["number"] for order in orders]
    seen = [staff.call("GET", f"/staff/orders/{number}") for number in numbers]
    payments = [member.call("GET", f"/orders/{number}/payments") for number in numbers]
    found = {"number": numbers, "sku": skus, "place": [STORE, "central", "east"]}
    found["fulfilments"], found["payments"] = ids([one.get("fulfilments", []) for one in seen]), ids(payments)
    found["members"] = ids(staff.call("POST", "/staff/members/find", {"phone": PEOPLE["member"][1]}))
    found["book"] = sorted(set(ids(orders, "book")))
    found["handle"] = sorted(set(ids(member.call("GET", "/products"), "handle")))[:12]
    for name, path in {"messages": "messages", "people": "people", "consignments": "stock/consignments", "counts": "stock/counts", "coupon-batches": "coupon-batches"}.items():
        found[name] = ids(staff.call("GET", f"/staff/{path}"))
    return found


def ask(shop, name, person, folder):
    print(f"\n== {name} ==", flush=True)
    command = [str(pathlib.Path(sys.executable).with_name("schemathesis")), "--config-file", str(folder / "none.toml"), "run", f"{shop.base}/openapi.json"]
    command += ["--checks", "not_a_server_error", "--max-examples", CASES, "--seed", "4", "--no-color", "--suppress-health-check", "all", "--continue-on-failure"]
    command += ["--phases", "examples,coverage,fuzzing", "--generation-database", "none", "--warnings", "off", "--request-timeout", "30", "--no-shrink"]
    command += [word for path in NOT_ASKED for word in ("--exclude-path", path)]
    command += ["--header", f"Cookie:{person.cookie()}"] if person else []
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": HOOKS, "CONCORD_POOL": str(folder / "pool.json")}
    return subprocess.run(command, env=environment, cwd=folder).returncode == 0


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "none.toml").write_text("")
        shop = Shop(folder)
        try:
            people = {name: shop.person(who) for name, who in PEOPLE.items()}
            found = pool(people)
            (folder / "pool.json").write_text(json.dumps(found))
            print("ids known: " + ", ".join(f"{name} {len(values)}" for name, values in found.items()))
            well = [ask(shop, name, person, folder) for name, person in people.items()]
        finally:
            shop.process.kill()
        wrong = [line for line in shop.log.read_text().splitlines() if re.search(r"ERROR|panicked", line)]
        print("\n".join(wrong[:40]))
        sys.exit(0 if all(well) and not wrong else 1)


main()
