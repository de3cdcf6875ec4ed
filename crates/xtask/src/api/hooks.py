"""Half of what schemathesis draws for ids, SKUs and places is replaced by what the shop really has: otherwise nearly every answer would be 404."""

import json
import os
import random

import schemathesis

POOL = json.load(open(os.environ["CONCORD_POOL"], encoding="utf-8"))
# Properties of bodies and the pool that they are drawn from.
BODY = {"sku": "sku", "skus": "sku", "store": "place", "place": "place", "from": "place", "to": "place", "order": "number", "book": "book"}


def pool_of(operation, name):
    path = operation.path
    for part in ("consignments", "counts", "coupon-batches", "fulfilments", "messages", "people", "members", "payments", "refunds", "returns"):
        if name == "id" and f"/{part}/" in path:
            return POOL.get(part, [])
    return POOL.get({"member": "members"}.get(name, name), [])


def chosen(rng, pool, drawn):
    return rng.choice(pool) if pool and rng.random() < 0.6 else drawn


def rng_of(value):
    return random.Random(repr(value))


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    if not path_parameters:
        return path_parameters
    rng = rng_of(path_parameters)
    return {name: chosen(rng, pool_of(context.operation, name), drawn) for name, drawn in path_parameters.items()}


def replaced(rng, value, pool=()):
    if isinstance(value, dict):
        return {name: replaced(rng, inner, POOL.get(BODY.get(name, ""), ())) for name, inner in value.items()}
    if isinstance(value, list):
        return [replaced(rng, inner, pool) for inner in value]
    return chosen(rng, pool, value) if isinstance(value, str) else value


@schemathesis.hook
def map_body(context, body):
    return replaced(rng_of(body), body)


@schemathesis.hook
def map_query(context, query):
    return replaced(rng_of(query), query) if query else query
