//! The one error of the use cases: closed, with data, in both languages, without internals.

use crate::{BoxError, held::HeldProblem, payments::PaymentProblem, stock::StockProblem};
use ids::Sku;
use pricing::Text;
use wire::{Changed, FieldError};

/// Why a use case was not carried out. Nothing was changed.
#[derive(Debug)]
pub enum ServiceError {
    /// There is no such thing, or it is not the asker's.
    NotFound(Thing),
    /// Fields of the request are wrong; each says what would be right.
    Invalid(Vec<FieldError>),
    /// Only for members, or only for the shop's own people.
    SignInNeeded,
    /// The asker's role may not do this, or not at this place.
    Forbidden,
    /// The one-time code is wrong.
    WrongCode {
        /// How many tries are left with the code that was sent; at 0 another code has to be asked for.
        tries_left: i64,
    },
    /// Too many requests of this kind.
    RateLimited {
        /// When to try again.
        retry_after_seconds: i64,
    },
    /// The quote that the shopper saw does not hold any more.
    PriceChanged(Box<Changed>),
    /// Goods that can't be promised in that quantity.
    OutOfStock(Vec<Shortage>),
    /// Goods can't move so: there are not so many, or what they belong to is in another state.
    Stock(StockProblem),
    /// The page computed with another engine than the server's; it has to be loaded again.
    StaleBook,
    /// The idempotency key already stands for another order.
    Conflict,
    /// Not where the thing stands now; the text says where it stands and what to do.
    NotNow(Text),
    /// A held quote that is not honoured.
    Held(HeldProblem),
    /// Money can't be moved as asked.
    Payment(PaymentProblem),
    /// A promotion document, a shop file or a price book that can't be used; one text a fault.
    BadData(Vec<String>),
    /// Something that the asker can't mend; the log has the rest.
    Internal(BoxError),
}

/// What was not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A product.
    Product,
    /// A shelf code.
    Code,
    /// An order.
    Order,
    /// A store or warehouse.
    Place,
    /// A department.
    Category,
    /// A version of the price book.
    PriceBook,
    /// One of the shop's own people.
    Staff,
    /// A member.
    Member,
    /// A gift card.
    GiftCard,
    /// A batch of coupons.
    Coupon,
    /// Goods under way.
    Consignment,
    /// A count of a place.
    StockCount,
    /// A payment, or a way to pay.
    Payment,
    /// Goods of an order at a place.
    Fulfilment,
    /// Goods that came back.
    Return,
    /// A message that was given up.
    Message,
}

/// Goods of which there are too few.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortage {
    /// What.
    pub sku: Sku,
    /// Its name with its options.
    pub title: Text,
    /// Units asked for.
    pub wanted: i64,
    /// Units that could be promised.
    pub available: i64,
    /// True if it would have come as a gift.
    pub gift: bool,
}

/// The result of a use case.
pub type Result<T, E = ServiceError> = std::result::Result<T, E>;

impl Thing {
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Product => ("商品", "product"),
            Self::Code => ("货架码", "shelf code"),
            Self::Order => ("订单", "order"),
            Self::Place => ("门店", "store"),
            Self::Category => ("分类", "department"),
            Self::PriceBook => ("价格簿版本", "version of the price book"),
            Self::Staff => ("员工", "employee"),
            Self::Member => ("会员", "member"),
            Self::GiftCard => ("礼品卡", "gift card"),
            Self::Coupon => ("优惠券批次", "batch of coupons"),
            Self::Consignment => ("调拨或到货单", "consignment"),
            Self::StockCount => ("盘点", "count"),
            Self::Payment => ("付款", "payment"),
            Self::Fulfilment => ("配货单", "parcel or pick-up"),
            Self::Return => ("退货单", "return"),
            Self::Message => ("发送失败的消息", "message that was given up"),
        }
    }
}

impl ServiceError {
    /// True if the database can't be reached for now; what was asked may have been done, and is done once if it is asked again with the same key.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        let Self::Internal(cause) = self else { return false };
        cause.downcast_ref::<storage::Error>().is_some_and(storage::Error::is_unavailable)
    }

    /// The kind as the last part of its address: `/problems/{kind}`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::NotFound(_) => "not-found",
            Self::Invalid(_) => "invalid",
            Self::SignInNeeded => "sign-in-needed",
            Self::Forbidden => "forbidden",
            Self::WrongCode { .. } => "wrong-code",
            Self::RateLimited { .. } => "rate-limited",
            Self::PriceChanged(_) => "price-changed",
            Self::OutOfStock(_) => "out-of-stock",
            Self::Stock(_) => "stock-refused",
            Self::StaleBook => "stale-page",
            Self::Conflict => "key-reused",
            Self::NotNow(_) => "not-now",
            Self::Held(problem) => problem.kind(),
            Self::Payment(problem) => problem.kind(),
            Self::BadData(_) => "bad-data",
            Self::Internal(_) => "internal",
        }
    }

    /// The kind in a few words, English.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self {
            Self::NotFound(_) => "Not found",
            Self::Invalid(_) => "Some fields are wrong",
            Self::SignInNeeded => "Sign-in needed",
            Self::Forbidden => "Not allowed",
            Self::WrongCode { .. } => "Wrong code",
            Self::RateLimited { .. } => "Too many requests",
            Self::PriceChanged(_) => "The price has changed",
            Self::OutOfStock(_) => "Out of stock",
            Self::Stock(_) => "The stock does not allow it",
            Self::StaleBook => "The page is out of date",
            Self::Conflict => "The idempotency key was used for another order",
            Self::NotNow(_) => "Not possible now",
            Self::Held(problem) => problem.title(),
            Self::Payment(problem) => problem.title(),
            Self::BadData(_) => "The data can't be used",
            Self::Internal(_) => "Internal error",
        }
    }

    /// This case in both languages: what happened and what to do.
    #[must_use]
    pub fn detail(&self) -> Text {
        match self {
            Self::NotFound(thing) => {
                let (zh, en) = thing.names();
                Text::new(
                    format!("没有找到这个{zh}，请检查地址或编号。"),
                    format!("There is no such {en}; check the address or number."),
                )
            }
            Self::Invalid(errors) => invalid_detail(errors),
            Self::SignInNeeded => Text::new("请先登录。", "Sign in first."),
            Self::Forbidden => Text::new(
                "您的角色不能做这件事，或不能在这个门店做。请找店长或管理员。",
                "Your role may not do this, or not at this place. Ask the store manager or an administrator.",
            ),
            Self::WrongCode { tries_left: 0 } => {
                Text::new("验证码已失效，请重新获取。", "The code is no longer valid; ask for another one.")
            }
            Self::WrongCode { tries_left } => Text::new(
                format!("验证码不对，还可以试 {tries_left} 次。"),
                format!("The code is wrong; {tries_left} more tries."),
            ),
            Self::RateLimited { retry_after_seconds } => Text::new(
                format!("操作太频繁，请 {retry_after_seconds} 秒后再试。"),
                format!("Too many requests; try again in {retry_after_seconds} seconds."),
            ),
            Self::PriceChanged(_) => Text::new(
                "价格有变化，请确认新的价格后再下单。",
                "The price has changed; look at the new one and order again if you agree.",
            ),
            Self::OutOfStock(shortages) => shortage_detail(shortages),
            Self::Stock(problem) => problem.detail(),
            Self::StaleBook => Text::new("页面已过期，请刷新后再试。", "The page is out of date; load it again."),
            Self::Conflict => Text::new(
                "这个幂等键已用于另一张订单，请换一个新的。",
                "This idempotency key stands for another order; use a new one.",
            ),
            Self::NotNow(text) => text.clone(),
            Self::Held(problem) => problem.detail(),
            Self::Payment(problem) => problem.detail(),
            Self::BadData(faults) => {
                let faults = faults.join("; ");
                Text::new(format!("数据有误：{faults}"), format!("The data can't be used: {faults}"))
            }
            Self::Internal(_) => {
                Text::new("系统出错了，请稍后再试。", "Something went wrong on our side; try again later.")
            }
        }
    }
}

fn invalid_detail(errors: &[FieldError]) -> Text {
    let join = |of: fn(&FieldError) -> &str, mark: &str| errors.iter().map(of).collect::<Vec<_>>().join(mark);
    Text::new(join(|error| &error.message.zh, "；"), join(|error| &error.message.en, " "))
}

fn shortage_detail(shortages: &[Shortage]) -> Text {
    let zh = shortages.iter().map(|short| {
        let gift = if short.gift { "赠品" } else { "" };
        format!("{gift}“{}”需要 {} 件，现货 {} 件", short.title.get(money::Locale::Zh), short.wanted, short.available)
    });
    let en = shortages.iter().map(|short| {
        let gift = if short.gift { "the gift " } else { "" };
        format!(
            "{gift}“{}”: {} wanted, {} available",
            short.title.get(money::Locale::En),
            short.wanted,
            short.available
        )
    });
    let (zh, en) = (zh.collect::<Vec<_>>().join("；"), en.collect::<Vec<_>>().join("; "));
    Text::new(
        format!("库存不足：{zh}。请减少数量后再下单。"),
        format!("Not enough in stock: {en}. Lower the quantity and order again."),
    )
}

impl std::fmt::Display for ServiceError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            // The log is the only reader of this one: the shopper gets `detail`.
            Self::Internal(error) => write!(f, "internal error: {error}"),
            other => f.write_str(&other.detail().en),
        }
    }
}

impl std::error::Error for ServiceError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Internal(error) => Some(error.as_ref()),
            _ => None,
        }
    }
}

impl ServiceError {
    /// One wrong field.
    pub(crate) fn field(field: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError { field: field.into(), message: Text::new(zh, en) }])
    }

    /// Something that the asker can't mend.
    pub(crate) fn internal(error: impl Into<BoxError>) -> Self {
        Self::Internal(error.into())
    }
}

impl From<storage::Error> for ServiceError {
    fn from(error: storage::Error) -> Self {
        Self::internal(error)
    }
}
