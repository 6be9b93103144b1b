//! The map as a drawing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::{Flow, FlowQuestion};

const LEFT: usize = 150;
const BOX: usize = 400;
const RIGHT: usize = 640;
const LINE: usize = 20;
const PAD: usize = 12;

/// The map as a drawing of its own: SVG without scripts, readable in any browser, printable on any paper.
#[must_use]
pub fn flow_svg(flow: &Flow) -> String {
    let wrap = |text: &str, width: usize| wrapped(text, width);
    // Where each question stands.
    let mut tops: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    let mut y = 96;
    for question in &flow.questions {
        let lines = wrap(&question.question, 40).len()
            + wrap(&question.sources, 56).len()
            + wrap(&question.only, 50).len()
            + usize::from(question.unconfirmed);
        let ways: usize = question.ways.iter().map(|way| wrap(&way.told, 78).len()).sum();
        let height = (lines.max(ways) * LINE) + 2 * PAD;
        tops.insert(question.number, (y, height));
        y += height + 24;
    }
    let width = LEFT + BOX + RIGHT + 60;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {y}\" width=\"{width}\" height=\"{y}\" role=\"img\" font-family=\"Atkinson Hyperlegible, Atkinson Hyperlegible Next, Verdana, sans-serif\" font-size=\"15\">\n<title>{}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n<text x=\"24\" y=\"40\" font-size=\"24\" font-weight=\"bold\" fill=\"#17211f\">{}</text>\n",
        escaped(&format!("{} ({})", flow.title, flow.pack)),
        escaped(&format!("{} ({})", flow.title, flow.pack)),
    );
    for (at, line) in wrap(&flow.lineage, 140).iter().enumerate() {
        let _ = writeln!(
            svg,
            "<text x=\"24\" y=\"{}\" font-size=\"13\" fill=\"#4a5552\">{}</text>",
            62 + at * 17,
            escaped(line)
        );
    }
    for question in &flow.questions {
        arcs(&mut svg, question, &tops);
    }
    for question in &flow.questions {
        let Some((top, height)) = tops.get(&question.number).copied() else { continue };
        let (fill, stroke, thick) =
            if question.taken { ("#e3f1ee", "#0b6e63", 4) } else { ("#f6f8f7", "#5b6764", 1) };
        let dash = if question.after_advice { " stroke-dasharray=\"6 4\"" } else { "" };
        let _ = writeln!(
            svg,
            "<rect x=\"{LEFT}\" y=\"{top}\" width=\"{BOX}\" height=\"{height}\" rx=\"6\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"{thick}\"{dash}/>"
        );
        let mut at = top + PAD + 14;
        let mut put = |x: usize, size: usize, weight: &str, colour: &str, text: &str, svg: &mut String| {
            let _ = writeln!(
                svg,
                "<text x=\"{x}\" y=\"{at}\" font-size=\"{size}\" font-weight=\"{weight}\" fill=\"{colour}\">{}</text>",
                escaped(text)
            );
            at += LINE;
        };
        for (line_at, line) in wrap(&question.question, 40).iter().enumerate() {
            let number = question.number.to_string();
            let places = [("number", number.as_str()), ("question", line)];
            let text = if line_at == 0 { flow.words.numbered.fill(&places) } else { line.clone() };
            put(LEFT + 14, 15, "bold", "#17211f", &text, &mut svg);
        }
        for line in wrap(&question.only, 50) {
            put(LEFT + 14, 12, "normal", "#4a5552", &line, &mut svg);
        }
        if question.unconfirmed {
            put(LEFT + 14, 12, "bold", "#8a4b00", &flow.words.unconfirmed, &mut svg);
        }
        for line in wrap(&question.sources, 56) {
            put(LEFT + 14, 12, "normal", "#4a5552", &line, &mut svg);
        }
        let mut at = top + PAD + 14;
        for way in &question.ways {
            let (weight, colour) = if way.taken { ("bold", "#0b6e63") } else { ("normal", "#17211f") };
            for line in wrap(&way.told, 78) {
                let _ = writeln!(
                    svg,
                    "<text x=\"{}\" y=\"{at}\" font-size=\"14\" font-weight=\"{weight}\" fill=\"{colour}\">{}</text>",
                    LEFT + BOX + 20,
                    escaped(&line)
                );
                at += LINE;
            }
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// Lines at the left from a question to those it leads to, the nearer the closer.
fn arcs(svg: &mut String, question: &FlowQuestion, tops: &BTreeMap<u32, (usize, usize)>) {
    let Some((top, height)) = tops.get(&question.number).copied() else { return };
    let mut done = BTreeSet::new();
    for way in &question.ways {
        let Some((to, (to_top, _))) = way.to.and_then(|to| tops.get(&to).map(|place| (to, *place))) else {
            continue;
        };
        if !done.insert(to) {
            continue;
        }
        let taken = question.ways.iter().any(|one| one.to == Some(to) && one.taken);
        let (stroke, thick) = if taken { ("#0b6e63", 4) } else { ("#8b9693", 1) };
        let far = usize::try_from(to.saturating_sub(question.number)).unwrap_or(1);
        if far == 1 {
            let x = LEFT + 40;
            let _ = writeln!(
                svg,
                "<line x1=\"{x}\" y1=\"{}\" x2=\"{x}\" y2=\"{to_top}\" stroke=\"{stroke}\" stroke-width=\"{thick}\"/>",
                top + height
            );
            continue;
        }
        let reach = LEFT.saturating_sub(14 + far.min(20) * 6);
        let (from, to_y) = (top + height / 2, to_top + 14);
        let _ = writeln!(
            svg,
            "<path d=\"M {LEFT} {from} C {reach} {from}, {reach} {to_y}, {LEFT} {to_y}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{thick}\"/>"
        );
    }
}

/// A text in lines of at most so many characters, broken between words.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
