//! A long random story against a model that knows only numbers: what each member may spend, what waits, what is stored and held.

use super::{Bench, order};
use crate::members::Desk;
use ::members::ledger::Purse;
use ids::{MemberId, OrderNumber, PaymentId};
use money::Currency;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use testkit::each_database;

const CNY: Currency = Currency::CNY;
const STEPS: usize = 400;

/// What a member has, as plain numbers.
#[derive(Clone, Debug, Default, PartialEq)]
struct Numbers {
    available: i64,
    pending: i64,
    value: i64,
    held: i64,
}

#[derive(Default)]
struct Story {
    orders: Vec<(usize, OrderNumber, i64)>,
    spent: Vec<(usize, OrderNumber, i64)>,
    payments: Vec<(usize, PaymentId, i64)>,
    captured: Vec<(usize, PaymentId, i64)>,
}

fn pick(rng: &mut StdRng, list: usize) -> Option<usize> {
    if list == 0 { None } else { Some(rng.random_range(0..list)) }
}

/// What is drawn for a step: who, how much, and the names of what it makes.
struct Drawn {
    who: usize,
    amount: i64,
    number: OrderNumber,
    reference: String,
}

/// One step; true if it is to be committed.
async fn step(
    desk: Desk<'_>,
    rng: &mut StdRng,
    at: usize,
    members: &[MemberId],
    numbers: &mut [Numbers],
    story: &mut Story,
) -> bool {
    let who = rng.random_range(0..members.len());
    let amount = rng.random_range(1..60);
    let drawn = Drawn { who, amount, number: order(at), reference: format!("ref{at}") };
    match rng.random_range(0..9) {
        choice @ 0..5 => points_step(choice, drawn, desk, rng, members, numbers, story).await,
        choice => value_step(choice, drawn, desk, rng, members, numbers, story).await,
    }
}

async fn points_step(
    choice: u32,
    Drawn { who, amount, number, reference }: Drawn,
    desk: Desk<'_>,
    rng: &mut StdRng,
    members: &[MemberId],
    numbers: &mut [Numbers],
    story: &mut Story,
) -> bool {
    let (member, mine) = (&members[who], &mut numbers[who]);
    match choice {
        0 | 1 => {
            desk.earn_points(member, &number, amount).await.unwrap();
            mine.pending += amount;
            story.orders.push((who, number, amount));
        }
        2 => {
            let spent = desk.spend_points(member, &number, amount).await.unwrap();
            assert_eq!(spent, mine.available >= amount);
            if !spent {
                return false;
            }
            mine.available -= amount;
            story.spent.push((who, number, amount));
        }
        3 => {
            let Some(at) = pick(rng, story.orders.len()) else { return true };
            let (who, number, left) = &mut story.orders[at];
            let back = amount.min(*left);
            if back == 0 {
                return true;
            }
            *left -= back;
            let before = numbers[*who].clone();
            let clawed = desk.claw_back_points(&members[*who], number, &reference, back).await.unwrap();
            assert!(clawed.taken + clawed.withhold == back);
            assert!(clawed.withhold == 0 || before.available <= back, "short only where there is nothing left");
            // How much of it waited is the lots' affair: both together is what the model knows.
            let pending = desk_pending(&desk, &members[*who]).await;
            let waited = before.pending - pending;
            assert!((0..=clawed.taken).contains(&waited));
            numbers[*who].pending = pending;
            numbers[*who].available -= clawed.taken - waited;
        }
        _ => {
            let Some(at) = pick(rng, story.spent.len()) else { return true };
            let (who, number, left) = &mut story.spent[at];
            let given = desk.give_back_points(&members[*who], number, &reference, amount).await.unwrap();
            assert_eq!(given, amount.min(*left));
            *left -= given;
            numbers[*who].available += given;
        }
    }
    true
}

async fn value_step(
    choice: u32,
    Drawn { who, amount, reference, .. }: Drawn,
    desk: Desk<'_>,
    rng: &mut StdRng,
    members: &[MemberId],
    numbers: &mut [Numbers],
    story: &mut Story,
) -> bool {
    let (member, mine) = (&members[who], &mut numbers[who]);
    match choice {
        5 => {
            desk.top_up(member, "cash", &reference, (amount, CNY)).await.unwrap();
            mine.value += amount;
        }
        6 => {
            let payment = PaymentId::new(reference).unwrap();
            let purse = Purse::Member(member.clone());
            let held = desk.hold_value(&purse, &payment, None, (amount, CNY)).await.unwrap();
            assert_eq!(held, mine.value >= amount);
            if !held {
                return false;
            }
            mine.value -= amount;
            mine.held += amount;
            story.payments.push((who, payment, amount));
        }
        7 => {
            let Some(at) = pick(rng, story.payments.len()) else { return true };
            let (who, payment, amount) = story.payments.swap_remove(at);
            let part = rng.random_range(0..=amount);
            if part > 0 {
                desk.capture_value(&payment, &reference, part).await.unwrap();
            }
            if part < amount {
                desk.free_value(&payment, &reference, amount - part).await.unwrap();
            }
            numbers[who].held -= amount;
            numbers[who].value += amount - part;
            story.captured.push((who, payment, part));
        }
        _ => {
            let Some(at) = pick(rng, story.captured.len()) else { return true };
            let (who, payment, left) = &mut story.captured[at];
            let part = rng.random_range(0..=*left);
            if part > 0 {
                desk.refund_value(payment, &reference, part).await.unwrap();
            }
            *left -= part;
            numbers[*who].value += part;
        }
    }
    true
}

async fn desk_pending(desk: &Desk<'_>, member: &MemberId) -> i64 {
    ::members::points::pending(&storage::lots::of_member(desk.tx, member).await.unwrap())
}

/// What the database says, once the jobs have run.
async fn after_jobs(bench: &Bench, members: &[MemberId], numbers: &mut [Numbers]) {
    let released = bench.services.release_points().await.unwrap();
    let expired = bench.services.expire_points().await.unwrap();
    let (mut moved, mut lost) = (0, 0);
    for (member, mine) in members.iter().zip(numbers) {
        let (available, pending) = bench.points(member).await;
        let waited = mine.pending - pending;
        moved += waited;
        lost += mine.available + waited - available;
        (mine.available, mine.pending) = (available, pending);
    }
    assert_eq!((moved, lost), (released, expired), "what a job says it moved is what is missing elsewhere");
}

#[tokio::test]
async fn whatever_happens_the_ledger_is_what_plain_numbers_say() {
    each_database(|database| async {
        let bench = Bench::new(database).await;
        let mut members = Vec::new();
        for name in ["10000021", "10000022", "10000023"] {
            members.push(bench.member(name, 0).await);
        }
        let (mut numbers, mut story) = (vec![Numbers::default(); members.len()], Story::default());
        let mut rng = StdRng::seed_from_u64(7);
        for at in 0..STEPS {
            let tx = bench.begin().await;
            let before = numbers.clone();
            if step(bench.desk(&tx), &mut rng, at, &members, &mut numbers, &mut story).await {
                tx.commit().await.unwrap();
            } else {
                drop(tx);
                assert_eq!(numbers, before);
            }
            if at % 7 == 0 {
                bench.days(4);
                after_jobs(&bench, &members, &mut numbers).await;
            }
            for (member, mine) in members.iter().zip(&numbers) {
                assert_eq!(bench.points(member).await, (mine.available, mine.pending), "step {at}");
            }
            if at % 40 == 0 {
                bench.proved().await;
            }
        }
        let units = storage::ledger_proof::units(bench.services.db()).await.unwrap();
        let owed: Vec<i64> = units.iter().map(|unit| unit.owed).collect();
        let sum = |of: fn(&Numbers) -> i64| numbers.iter().map(of).sum::<i64>();
        assert_eq!(owed, [sum(|one| one.value + one.held), sum(|one| one.available + one.pending)]);
        bench.proved().await;
    })
    .await;
}
