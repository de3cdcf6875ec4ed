"""Others' code signs and verifies what ours verifies and signs: one JSON object in, one out."""

import json
import sys
from base64 import b64encode

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from wechatpayv3.core import Core
from wechatpayv3.utils import load_private_key, load_public_key, rsa_sign
from alipay.aop.api.util.SignatureUtils import get_sign_content, sign_with_rsa2, verify_with_rsa


def bare(pem):
    """The lines between the marks, which is how Alipay's SDK takes keys."""
    return "\n".join(line for line in pem.splitlines() if not line.startswith("-----"))


def wechat(ask):
    core = Core(
        ask["mchid"], ask["serial"], ask["shop_private"], ask["api_key"],
        public_key=ask["platform_public"], public_key_id=ask["platform_serial"],
    )
    read = core.callback(ask["notice_headers"], ask["notice_body"])
    resource = AESGCM(ask["api_key"].encode()).encrypt(b"0123456789ab", ask["resource"].encode(), b"transaction")
    body = json.dumps({
        "id": "python-1", "event_type": "TRANSACTION.SUCCESS", "resource_type": "encrypt-resource",
        "resource": {
            "algorithm": "AEAD_AES_256_GCM", "ciphertext": b64encode(resource).decode(),
            "nonce": "0123456789ab", "associated_data": "transaction",
        },
    })
    key = load_private_key(ask["platform_private"])
    return {
        "request": rsa_sign(load_private_key(ask["shop_private"]), ask["request_message"]),
        "bridge": core.sign(ask["bridge"]),
        "read": read and read["resource"],
        "body": body,
        "signature": rsa_sign(key, "%s\n%s\n%s\n" % (ask["now"], "abc", body)),
    }


def alipay(ask):
    content = get_sign_content(ask["request"])
    notice = get_sign_content(ask["notice"])
    return {
        "request": sign_with_rsa2(bare(ask["shop_private_pkcs1"]), content, "utf-8"),
        "verified": verify_with_rsa(bare(ask["shop_public"]), content.encode(), ask["request_sign"]),
        "notice_sign": sign_with_rsa2(bare(ask["platform_private_pkcs1"]), notice, "utf-8"),
    }


ask = json.load(sys.stdin)
json.dump({"wechat": wechat(ask["wechat"]), "alipay": alipay(ask["alipay"])}, sys.stdout)
