//! How a shop's orders are sourced: its strategies, one of them or two side by side, and where addresses are.

use super::provinces::PROVINCES;
use crate::{Result, ServiceError};
use ::stock::{
    Point,
    source::{BadStrategy, Experiment, Rule, Strategy, Tier, TierPoints, Weights},
};
use ids::OrderNumber;
use pricing::Text;
use storage::{Query, settings};
use wire::{
    FieldError, PlaceKind, SourcingExperiment, SourcingRule, SourcingSettings, SourcingStrategy, SourcingWeights,
};

/// The name of the document among the settings.
pub(crate) const SOURCING: &str = "sourcing";

/// The strategies that serve orders, checked.
pub(crate) struct Sourcing {
    /// As the merchandiser wrote it.
    pub(crate) settings: SourcingSettings,
    choice: Choice,
}

enum Choice {
    One(Box<Strategy>),
    Two(Box<Experiment>),
}

impl Sourcing {
    /// The shop's own settings, or those that a new shop begins with.
    pub(crate) async fn load(on: &impl Query) -> Result<Self> {
        let settings = settings::get(on, SOURCING).await?.unwrap_or_else(first_settings);
        Self::new(settings)
    }

    /// Settings, checked.
    pub(crate) fn new(settings: SourcingSettings) -> Result<Self> {
        let find = |field: &str, name: &str| {
            let at = settings.strategies.iter().position(|one| one.name == name);
            let at = at.ok_or_else(|| {
                let (zh, en) = (format!("没有叫“{name}”的策略。"), format!("There is no strategy called “{name}”."));
                ServiceError::field(field, zh, en)
            })?;
            Ok::<Strategy, ServiceError>(strategy(&settings.strategies[at]))
        };
        for (at, one) in settings.strategies.iter().enumerate() {
            let twice = settings.strategies[..at].iter().any(|other| other.name == one.name);
            strategy(one).check().map_err(|bad| wrong(&format!("strategies[{at}]"), &bad))?;
            if twice {
                let field = format!("strategies[{at}].name");
                return Err(ServiceError::field(field, "两个策略同名。", "Two strategies have this name."));
            }
        }
        let choice = match &settings.experiment {
            None => Choice::One(Box::new(find("strategy", &settings.strategy)?)),
            Some(SourcingExperiment { name, b, share_permille }) => {
                let a = find("strategy", &settings.strategy)?;
                let share = u64::try_from(*share_permille).unwrap_or(u64::MAX);
                let experiment = Experiment { name: name.clone(), a, b: find("experiment.b", b)?, share };
                experiment.check().map_err(|bad| wrong("experiment", &bad))?;
                Choice::Two(Box::new(experiment))
            }
        };
        for (at, one) in settings.destinations.iter().enumerate() {
            if one.province.is_empty() || Point::new(one.lat, one.lon).is_none() {
                let field = format!("destinations[{at}]");
                let en =
                    "A destination has the beginning of a province and millionths of degrees that are on the earth.";
                return Err(ServiceError::field(field, "要写省份开头和地球上的经纬度（百万分之一度）。", en));
            }
        }
        Ok(Self { settings, choice })
    }

    /// The strategy that serves an order.
    pub(crate) fn strategy(&self, order: &OrderNumber) -> &Strategy {
        match &self.choice {
            Choice::One(strategy) => strategy,
            Choice::Two(experiment) => experiment.strategy(order),
        }
    }

    /// About where an address in a province is, and its region if the settings name one.
    pub(crate) fn locate(&self, province: &str) -> Option<(Point, Option<String>)> {
        let province = province.trim();
        let own = self.settings.destinations.iter().find(|one| begins(province, &one.province));
        if let Some(own) = own {
            let region = (!own.region.is_empty()).then(|| own.region.clone());
            return Some((Point::new(own.lat, own.lon)?, region));
        }
        let known = PROVINCES.iter().find(|(zh, en, ..)| begins(province, zh) || begins(province, en));
        known.and_then(|(_, _, lat, lon)| Some((Point::new(*lat, *lon)?, None)))
    }
}

/// True if a text begins so, whatever the case of its letters.
fn begins(text: &str, start: &str) -> bool {
    text.to_lowercase().starts_with(&start.to_lowercase())
}

fn wrong(field: &str, bad: &BadStrategy) -> ServiceError {
    let (part, zh, en): (String, String, String) = match bad {
        BadStrategy::Nameless => (".name".into(), "请写名称。".into(), "Give it a name.".into()),
        BadStrategy::Weight(name) => {
            let en = format!("{name} is from 0 to 1,000,000.");
            (format!(".weights.{name}"), format!("{name} 应在 0 到 1,000,000 之间。"), en)
        }
        BadStrategy::Parcels(at) => {
            let part = format!(".rules[{at}].parcels_max");
            (part, "至少允许 1 个包裹。".into(), "Allow at least one parcel.".into())
        }
        BadStrategy::Share => {
            (".share_permille".into(), "应在 0 到 1,000 之间。".into(), "A share is from 0 to 1,000.".into())
        }
    };
    ServiceError::Invalid(vec![FieldError { field: format!("{field}{part}"), message: Text::new(zh, en) }])
}

pub(super) fn tier(kind: PlaceKind) -> Tier {
    match kind {
        PlaceKind::Central => Tier::Central,
        PlaceKind::Regional => Tier::Regional,
        PlaceKind::Store => Tier::Store,
    }
}

fn strategy(wire: &SourcingStrategy) -> Strategy {
    let SourcingWeights { split_line, parcel, km, cost_minor, open_parcel, central, regional, store } = wire.weights;
    let tiers = TierPoints { central, regional, store };
    let rule = |one: &SourcingRule| Rule {
        channels: one.channels.clone(),
        regions: one.regions.clone(),
        tiers: one.tiers.iter().copied().map(tier).collect(),
        only: one.only.clone(),
        except: one.except.clone(),
        parcels_max: one.parcels_max,
    };
    Strategy {
        name: wire.name.clone(),
        weights: Weights { split_line, parcel, km, cost_minor, open_parcel, tiers },
        rules: wire.rules.iter().map(rule).collect(),
        walk_in_channels: wire.walk_in_channels.clone(),
    }
}

/// What a new shop begins with: goods come from the central warehouse as long as it has them, then from regional ones, then from stores; and a
/// second strategy that sends from nearby, for whoever wants to try it.
fn first_settings() -> SourcingSettings {
    let of = |name: &str, weights: SourcingWeights| SourcingStrategy {
        name: name.to_owned(),
        weights,
        rules: Vec::new(),
        walk_in_channels: vec!["till".to_owned(), "kiosk".to_owned()],
    };
    let both = SourcingWeights { split_line: 500, parcel: 1_000, open_parcel: 20, cost_minor: 1, ..Default::default() };
    let central = SourcingWeights { central: 0, regional: 20_000, store: 60_000, ..both };
    let nearby = SourcingWeights { km: 20, ..both };
    SourcingSettings {
        strategies: vec![of("central-first", central), of("nearby", nearby)],
        strategy: "central-first".to_owned(),
        experiment: None,
        destinations: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_shop_knows_where_provinces_are() {
        let sourcing = Sourcing::new(first_settings()).unwrap();
        let shanghai = Point::new(31_230_400, 121_473_700).unwrap();
        for province in ["上海市", "上海", "shanghai", " Shanghai Municipality"] {
            assert_eq!(sourcing.locate(province), Some((shanghai, None)), "{province}");
        }
        assert_eq!(sourcing.locate("Atlantis"), None);
    }

    #[test]
    fn what_is_wrong_in_settings_is_named() {
        let check = |change: &dyn Fn(&mut SourcingSettings), field: &str| {
            let mut settings = first_settings();
            change(&mut settings);
            let Err(ServiceError::Invalid(errors)) = Sourcing::new(settings) else { panic!("{field} is not refused") };
            assert_eq!(errors[0].field, field);
        };
        check(&|one| one.strategy = "none".into(), "strategy");
        check(&|one| one.strategies[1].name = "central-first".into(), "strategies[1].name");
        check(&|one| one.strategies[0].weights.km = -1, "strategies[0].weights.km");
        let experiment = |b: &str, share_permille| SourcingExperiment { name: "e".into(), b: b.into(), share_permille };
        check(&|one| one.experiment = Some(experiment("none", 1)), "experiment.b");
        check(&|one| one.experiment = Some(experiment("nearby", 1_001)), "experiment.share_permille");
        check(&|one| one.destinations = vec![wire::SourcingDestination::default()], "destinations[0]");
    }
}
