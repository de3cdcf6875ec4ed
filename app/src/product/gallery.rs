//! Pictures side by side in a strip that snaps; no script needed.

use super::texts::Texts;
use crate::front::Front;
use leptos::prelude::*;
use wire::ProductImage;

/// The pictures of a product.
pub fn gallery(front: Front, images: &[ProductImage]) -> AnyView {
    let t = Texts(front.locale);
    let several = images.len() > 1;
    let pictures = images.iter().enumerate().map(|(at, image)| {
        let loading = if at == 0 { "eager" } else { "lazy" };
        view! { <li><img src=image.src.clone() alt=front.say(&image.alt) width="800" height="800" loading=loading/></li> }
    });
    // A strip that can be scrolled must be reachable by keyboard.
    view! { <ul class="gallery" aria-label=t.pictures() tabindex=several.then_some("0")>{pictures.collect_view()}</ul> }
        .into_any()
}
