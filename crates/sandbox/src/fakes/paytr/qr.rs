//! `png` draws a link as a QR code.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use png::{BitDepth, ColorType, Encoder};
use qrcodegen::{QrCode, QrCodeEcc};

/// How many dots a side of each module has, and how many modules are left white around the code.
const DOTS: i32 = 4;
const BORDER: i32 = 4;

/// Base64 of a PNG; absent where the text is too long for a code.
pub(super) fn png(text: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let side = (code.size() + 2 * BORDER) * DOTS;
    let places = || (0..side).map(|dot| dot / DOTS - BORDER);
    let rows = places().flat_map(|row| places().map(move |column| (column, row)));
    let dots: Vec<u8> = rows
        .map(|(column, row)| if code.get_module(column, row) { 0 } else { 255 })
        .collect();
    let mut image = Vec::new();
    let side = side.unsigned_abs();
    let mut encoder = Encoder::new(&mut image, side, side);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::Eight);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&dots).ok()?;
    writer.finish().ok()?;
    Some(STANDARD.encode(image))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_a_square_png() {
        let code = png("http://127.0.0.1:8027/paytr/link/NB2Zlz3").expect("a code");
        let image = STANDARD.decode(code).expect("base64");
        assert!(image.starts_with(b"\x89PNG\r\n\x1a\n"));
        // Width and height of the header: 29 modules and the border.
        assert_eq!(image[16..24], [0, 0, 0, 148, 0, 0, 0, 148]);
        assert_eq!(png(&"x".repeat(5_000)), None);
    }
}
