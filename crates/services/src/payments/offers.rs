//! With what a person may pay here.

use crate::{Result, Services, Who};
use ::members::ledger::{Account, Unit};
use ids::PaymentId;
use storage::ledger;
use wire::{PayNext, TenderOffer, TenderQuery, TenderWay};

/// Providers that are paid by a script of their own in the page.
const SCRIPTED: [&str; 1] = ["stripe"];
/// Tenders that need no provider, in the order in which they are offered.
const OWN: [(&str, TenderWay); 5] = [
    ("stored_value", TenderWay::StoredValue),
    ("gift_card", TenderWay::GiftCard),
    ("cash", TenderWay::Counter),
    ("card_terminal", TenderWay::Counter),
    ("pay_on_delivery", TenderWay::OnDelivery),
];

impl Services {
    /// The tenders that the shop takes from this person here: providers first, as the shop lists them. What is stored is told to its member only.
    ///
    /// # Errors
    /// Only internal ones.
    pub async fn tenders(&self, who: &Who, query: &TenderQuery) -> Result<Vec<TenderOffer>> {
        let who = who.at(query.channel.as_deref(), None);
        let active = self.active().await?;
        let listed = &active.catalogue.facts.tenders;
        let place = |tender: &str| listed.iter().position(|one| one.tender == tender).unwrap_or(listed.len());
        let mut providers: Vec<&String> = self.0.gateways.keys().collect();
        providers.sort_by_key(|tender| place(tender));
        let way = |tender: &str| if SCRIPTED.contains(&tender) { TenderWay::Script } else { TenderWay::Provider };
        let by_provider = providers.into_iter().map(|tender| (tender.clone(), way(tender)));
        let own = OWN.iter().filter(|(tender, way)| self.takes(&who, tender, *way));
        let all = by_provider.chain(own.map(|(tender, way)| ((*tender).to_owned(), *way)));
        let mut offers: Vec<TenderOffer> =
            all.map(|(tender, way)| TenderOffer { tender, way, balance: None }).collect();
        if let Some(member) = &who.member {
            let (account, unit) = (Account::Value(member.clone()), Unit::Money(active.book.currency()));
            let balance = ledger::balance(self.db(), &account, unit).await?;
            offers
                .iter_mut()
                .filter(|one| one.way == TenderWay::StoredValue)
                .for_each(|one| one.balance = Some(balance));
        }
        Ok(offers)
    }

    /// True if a tender that needs no provider is taken from this person here. At the till the member is named with the sale.
    fn takes(&self, who: &Who, tender: &str, way: TenderWay) -> bool {
        let till = who.channel == "till";
        let here = match way {
            TenderWay::Counter => till,
            TenderWay::OnDelivery => !till,
            TenderWay::StoredValue => till || who.member.is_some(),
            _ => true,
        };
        here && self.kind_of(tender).is_some()
    }

    /// What the shopper of a payment does next, while it is open.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`](crate::ServiceError::NotFound) for somebody else's payment.
    pub async fn payment_next(&self, who: &Who, id: &PaymentId) -> Result<Option<PayNext>> {
        let (_, row) = self.own_payment(who, id).await?;
        Ok(row.next)
    }
}
