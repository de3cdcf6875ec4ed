//! Gateways as the operator names them, by environment variables. One that is not named does not exist.

use crate::{
    PlatformKey, SetupError,
    alipay::{Alipay, AlipayConfig},
    private_key, public_key,
    stripe::{Stripe, StripeConfig},
    wechat::{WechatConfig, WechatPay},
};
use services::{Clock, payments::Gateway};
use std::sync::Arc;
use url::Url;

const STRIPE: &str = "https://api.stripe.com/";
const WECHAT: &str = "https://api.mch.weixin.qq.com/";
const ALIPAY: &str = "https://openapi.alipay.com/gateway.do";

/// The variables of one gateway.
struct Variables<'a> {
    prefix: &'static str,
    look_up: &'a dyn Fn(&str) -> Option<String>,
}

impl Variables<'_> {
    fn maybe(&self, name: &str) -> Option<String> {
        (self.look_up)(&format!("{}{name}", self.prefix)).filter(|value| !value.trim().is_empty())
    }

    fn needed(&self, name: &str) -> Result<String, SetupError> {
        self.maybe(name)
            .ok_or_else(|| SetupError(format!("{}{name} is not set, and the gateway needs it", self.prefix)))
    }

    /// A key: the text itself, or the file that the variable names.
    fn key(&self, name: &str) -> Result<String, SetupError> {
        let value = self.needed(name)?;
        if value.contains("-----BEGIN") || !std::path::Path::new(&value).exists() {
            return Ok(value);
        }
        std::fs::read_to_string(&value).map_err(|error| self.about(name, &error))
    }

    fn url(&self, default: &str) -> Result<Url, SetupError> {
        self.maybe("URL").as_deref().unwrap_or(default).parse().map_err(|error| self.about("URL", &error))
    }

    fn about(&self, name: &str, error: &impl std::fmt::Display) -> SetupError {
        SetupError(format!("{}{name}: {error}", self.prefix))
    }
}

/// The gateways whose variables `look_up` finds:
///
/// - Stripe: `CONCORD_STRIPE_KEY`, `_WEBHOOK_SECRET`, and if need be `_PUBLISHABLE_KEY`, `_URL`;
/// - WeChat Pay: `CONCORD_WECHAT_MCHID`, `_APPID`, `_SERIAL`, `_PRIVATE_KEY`, `_API_KEY` (32 characters), `_PLATFORM_KEY` (certificates, or a public key and
///   its id in `_PLATFORM_KEY_ID`), and if need be `_URL`;
/// - Alipay: `CONCORD_ALIPAY_APP_ID`, `_PRIVATE_KEY`, `_PUBLIC_KEY` (Alipay's), and if need be `_URL`.
///
/// Keys are PEM or base64, or names of files that hold them.
///
/// # Errors
/// If a gateway is named and can't be set up: which variable is wrong, and why.
pub fn from_environment(
    look_up: &dyn Fn(&str) -> Option<String>,
    clock: &Arc<dyn Clock>,
) -> Result<Vec<Arc<dyn Gateway>>, SetupError> {
    let mut gateways: Vec<Arc<dyn Gateway>> = Vec::new();
    let variables = |prefix| Variables { prefix, look_up };
    let stripe = variables("CONCORD_STRIPE_");
    if stripe.maybe("KEY").is_some() {
        gateways.push(Arc::new(Stripe::new(stripe_config(&stripe, clock)?)?));
    }
    let wechat = variables("CONCORD_WECHAT_");
    if wechat.maybe("MCHID").is_some() {
        gateways.push(Arc::new(WechatPay::new(wechat_config(&wechat, clock)?)?));
    }
    let alipay = variables("CONCORD_ALIPAY_");
    if alipay.maybe("APP_ID").is_some() {
        gateways.push(Arc::new(Alipay::new(alipay_config(&alipay, clock)?)?));
    }
    Ok(gateways)
}

fn stripe_config(variables: &Variables, clock: &Arc<dyn Clock>) -> Result<StripeConfig, SetupError> {
    Ok(StripeConfig {
        secret_key: variables.needed("KEY")?,
        publishable_key: variables.maybe("PUBLISHABLE_KEY"),
        webhook_secret: variables.needed("WEBHOOK_SECRET")?,
        url: variables.url(STRIPE)?,
        clock: Arc::clone(clock),
    })
}

fn wechat_config(variables: &Variables, clock: &Arc<dyn Clock>) -> Result<WechatConfig, SetupError> {
    let named = |name: &'static str| move |error: SetupError| variables.about(name, &error);
    let api_key: Result<[u8; 32], _> = variables.needed("API_KEY")?.into_bytes().try_into();
    let id = variables.maybe("PLATFORM_KEY_ID");
    let keys = PlatformKey::all_of(&variables.key("PLATFORM_KEY")?, id.as_deref());
    Ok(WechatConfig {
        mchid: variables.needed("MCHID")?,
        appid: variables.needed("APPID")?,
        serial: variables.needed("SERIAL")?,
        private_key: private_key(&variables.key("PRIVATE_KEY")?).map_err(named("PRIVATE_KEY"))?,
        api_key: api_key.map_err(|_| variables.about("API_KEY", &"an API v3 key has 32 bytes"))?,
        platform_keys: keys.map_err(named("PLATFORM_KEY"))?,
        url: variables.url(WECHAT)?,
        clock: Arc::clone(clock),
    })
}

fn alipay_config(variables: &Variables, clock: &Arc<dyn Clock>) -> Result<AlipayConfig, SetupError> {
    let named = |name: &'static str| move |error: SetupError| variables.about(name, &error);
    Ok(AlipayConfig {
        app_id: variables.needed("APP_ID")?,
        private_key: private_key(&variables.key("PRIVATE_KEY")?).map_err(named("PRIVATE_KEY"))?,
        alipay_key: public_key(&variables.key("PUBLIC_KEY")?).map_err(named("PUBLIC_KEY"))?,
        url: variables.url(ALIPAY)?,
        clock: Arc::clone(clock),
    })
}
