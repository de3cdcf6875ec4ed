//! Requests and responses of the public API, shared by server and browser. Types only, no logic.
//!
//! Amounts are minor units of the shop's currency. Texts are in both languages; the reader chooses.

mod account;
mod catalog;
mod checkout;
mod fulfilment;
mod membership;
mod messages;
mod payments;
mod privacy;
mod problem;
mod shop;
mod sourcing;
mod staff;
mod stock;
mod stock_moves;

pub use account::{
    Account, CodeSent, MemberInfo, OrderSummary, PointsEntry, RequestCode, Session, SignIn, TellBirthday, WalletCoupon,
};
pub use catalog::{
    Facet, FacetValue, Label, LabelRequest, Labels, OptionValue, PriceReason, Product, ProductCard, ProductImage,
    ProductList, ProductOption, ProductQuery, PromotionNote, Resolved, ShelfPrice, Sort, Variant,
};
pub use checkout::{
    Address, Changed, Contact, Delivery, Difference, HeldQuote, Order, OrderItem, OrderStatus, PlaceOrder,
    QuoteRequest, SkuInfo, SliceAnswer, SliceRequest,
};
pub use fulfilment::{
    CancelOrder, ChangeAddress, Exchange, Exchanged, FulfilStep, Fulfilment, FulfilmentGoods, MayDo, MissingUnits,
    OrderQuery, PreviewReturn, ReturnReceipt, ReturnedGoods, TakeBack, Task, TimelineEntry, UnitsOfLine,
};
pub use membership::{
    Adjust, CouponBatch, CouponCount, FindMember, GiftCardInfo, IssueCoupon, IssuedCoupon, LevelProgress,
    MakeCouponBatch, MemberCode, MemberLedger, MemberView, NextLevel, PointsExpiring, PointsOutlook, RedeemGiftCard,
    ResolveCoupon, ResolvedCoupon, SellGiftCard, SoldGiftCard, StoredValue, TopUp, ValueEntry, WalletState,
};
pub use messages::{MessageQuery, MessageState, StaffMessage};
pub use payments::{
    GiftCardWorth, MoneyBack, OrderMoney, OrderPayments, PayClient, PayNext, PayOtherwise, Payment, PaymentRefund,
    PaymentState, RecordRefund, RefundStatus, StartPayment, TenderAsk, TenderOffer, TenderQuery, TenderWay,
};
pub use privacy::{
    AuditEntry, AuditQuery, Consent, ConsentEntry, EraseMe, ErasePerson, Erased, ExportMessage, ExportOrder,
    ExportProfile, ExportSession, FindPerson, OrderPerson, Person, PersonExport, Privacy, Purpose, SetConsent,
    WithReason,
};
pub use problem::{FieldError, Problem, Refusal};
pub use shop::{Category, LevelInfo, Place, PlaceKind, ShippingInfo, Shop, TenderInfo};
pub use sourcing::{
    Bundle, FiguresQuery, SourcingDestination, SourcingExperiment, SourcingFigures, SourcingRule, SourcingSettings,
    SourcingStrategy, SourcingWeights,
};
pub use staff::{JobInfo, PutStaff, StaffInfo, StaffMember, StaffSession};
pub use stock::{
    Arrival, Availability, AvailabilityQuery, Buckets, LedgerDifference, LedgerProof, MovementPage, MovementQuery,
    PlaceStock, StockLevel, StockMovement, StockPage, StockQuery, VariantAvailability,
};
pub use stock_moves::{
    AnnouncePurchase, BeginCount, Consignment, ConsignmentUnits, EnterCount, MoveStock, Moved, ReceiveConsignment,
    RequestTransfer, SetStockLevels, ShipConsignment, StockCount, StockCountLine, StockDeed, StockKey, StockListQuery,
    StockUnits,
};
