//! An operator's color, on light and on dark pages.

use std::fmt;
use std::str::FromStr;

/// The least contrast of text (WCAG 2.2, success criterion 1.4.3).
const LEAST_CONTRAST: f64 = 4.5;

const WHITE: Rgb = Rgb([0xFF; 3]);
const BLACK: Rgb = Rgb([0; 3]);
/// What text in the color stands on, as in the stylesheet: pages, sheets.
const LIGHT: [Rgb; 2] = [Rgb([0xF4, 0xF5, 0xF7]), WHITE];
const DARK: [Rgb; 2] = [Rgb([0x13, 0x16, 0x19]), Rgb([0x1D, 0x21, 0x26])];
/// In how many steps a color goes to white or black.
const STEPS: u8 = 64;

/// The color of buttons and links: `#rrggbb`.
///
/// Buttons have the color itself, with text in black or white, whichever can be read better: one of both has a contrast
/// of 4.5:1 with every color. Links and borders have the color too where it has that contrast with the page; otherwise it
/// is made darker on light pages, and lighter on dark ones, until it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccentColor(Rgb);

/// The text is not a color.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a color has the form `#1f4f8f`")]
pub struct AccentColorError;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rgb([u8; 3]);

impl FromStr for AccentColor {
    type Err = AccentColorError;

    fn from_str(text: &str) -> Result<Self, AccentColorError> {
        let digits = text.strip_prefix('#').ok_or(AccentColorError)?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(AccentColorError);
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_| AccentColorError)?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self(Rgb([red, green, blue])))
    }
}

impl AccentColor {
    /// Returns the colors of a button as `#rrggbb`: its own, and that of the text on it.
    #[must_use]
    pub fn button(self) -> (String, String) {
        (self.0.to_string(), self.on_accent().to_string())
    }

    fn on_accent(self) -> Rgb {
        if contrast(self.0, WHITE) >= LEAST_CONTRAST { WHITE } else { BLACK }
    }

    /// The rules that replace the built-in color.
    pub(crate) fn style(self) -> String {
        let (Self(accent), on_accent) = (self, self.on_accent());
        let set = |text: Rgb| format!("--accent: {accent}; --on-accent: {on_accent}; --accent-text: {text};");
        let (light, dark) = (set(accent.readable_on(LIGHT, BLACK)), set(accent.readable_on(DARK, WHITE)));
        format!("\n:root {{ {light} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n")
    }
}

impl Rgb {
    /// The color itself, or the nearest on the way to another one, that can be read on all of these.
    fn readable_on(self, backgrounds: [Self; 2], towards: Self) -> Self {
        let is_readable =
            |color: &Self| backgrounds.iter().all(|background| contrast(*color, *background) >= LEAST_CONTRAST);
        (0..=STEPS).map(|step| self.mixed(towards, step)).find(is_readable).unwrap_or(towards)
    }

    /// A mixture with that many parts of another color.
    fn mixed(self, other: Self, parts: u8) -> Self {
        let mix = |(own, other): (u8, u8)| {
            let (steps, parts) = (u16::from(STEPS), u16::from(parts));
            let sum = u16::from(own) * (steps - parts) + u16::from(other) * parts;
            u8::try_from(sum / steps).unwrap_or(u8::MAX)
        };
        let Self([red, green, blue]) = self;
        let Self([other_red, other_green, other_blue]) = other;
        Self([mix((red, other_red)), mix((green, other_green)), mix((blue, other_blue))])
    }

    /// WCAG 2.2, "relative luminance".
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let Self([red, green, blue]) = self;
        0.0722f64.mul_add(linear(blue), 0.2126f64.mul_add(linear(red), 0.7152 * linear(green)))
    }
}

/// WCAG 2.2, "contrast ratio".
fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([red, green, blue]) = self;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: &str = include_str!("../../../templates/style.css");

    fn color(text: &str) -> Rgb {
        let AccentColor(color) = text.parse().unwrap();
        color
    }

    /// The value of a custom property, first for light and then for dark pages.
    fn values(style: &str, name: &str) -> Vec<Rgb> {
        let mark = format!("--{name}: ");
        style.split(&mark).skip(1).map(|rest| color(rest.get(..7).unwrap())).collect()
    }

    #[test]
    fn contrasts_are_those_of_the_standard() {
        for (one, other, ratio) in
            [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#ff0000", "#ffffff", 4.0)]
        {
            assert!((contrast(color(one), color(other)) - ratio).abs() < 0.01, "{one} {other}");
        }
    }

    #[test]
    fn every_color_can_be_read_on_light_and_dark_pages_and_text_on_it() {
        let channel = [0x00, 0x33, 0x66, 0x77, 0x99, 0xCC, 0xFF];
        for red in channel {
            for green in channel {
                for blue in channel {
                    let style = AccentColor(Rgb([red, green, blue])).style();
                    let of = |name| values(&style, name);
                    for (number, grounds) in [LIGHT, DARK].into_iter().enumerate() {
                        let text = contrast(of("accent")[number], of("on-accent")[number]);
                        assert!(text >= LEAST_CONTRAST, "{style}: {text}");
                        for ground in grounds {
                            assert!(contrast(of("accent-text")[number], ground) >= LEAST_CONTRAST, "{style}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_color_that_can_be_read_stays_as_it_is() {
        let style = "#1f4f8f".parse::<AccentColor>().unwrap().style();
        assert!(
            style.contains(":root { --accent: #1f4f8f; --on-accent: #ffffff; --accent-text: #1f4f8f; }"),
            "{style}"
        );
        let yellow = "#ffcc00".parse::<AccentColor>().unwrap().style();
        assert_eq!(values(&yellow, "accent"), [color("#ffcc00"); 2]);
        assert_eq!(values(&yellow, "on-accent"), [BLACK; 2]);
        assert_eq!(values(&yellow, "accent-text")[1], color("#ffcc00"), "on a dark page");
    }

    #[test]
    fn the_built_in_colors_can_be_read_too() {
        assert_eq!((values(STYLE, "page"), values(STYLE, "sheet")), (vec![LIGHT[0], DARK[0]], vec![LIGHT[1], DARK[1]]));
        for number in 0..2 {
            let of = |name| values(STYLE, name)[number];
            for text in ["ink", "soft", "accent-text", "bad", "good"] {
                for ground in ["page", "sheet"] {
                    assert!(contrast(of(text), of(ground)) >= LEAST_CONTRAST, "{text} on {ground}: {number}");
                }
            }
            for (text, ground) in
                [("on-accent", "accent"), ("ink", "bad-sheet"), ("bad", "bad-sheet"), ("ink", "good-sheet")]
            {
                assert!(contrast(of(text), of(ground)) >= LEAST_CONTRAST, "{text} on {ground}: {number}");
            }
        }
    }

    #[test]
    fn a_color_has_six_digits() {
        for text in ["", "1f4f8f", "#1f4f8", "#1f4f8f0", "#1f4f8g", "#+f4f8f", "red", "#1f4f8\u{e9}"] {
            assert_eq!(text.parse::<AccentColor>(), Err(AccentColorError), "{text}");
        }
    }
}
