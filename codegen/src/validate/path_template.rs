//! Parameters in braces, in paths and server URLs.

/// Parameters of a template.
#[derive(Default)]
pub(super) struct Template<'t> {
    /// Names without duplicates.
    pub(super) names: Vec<&'t str>,
    /// Names that occur more than once.
    pub(super) repeated: Vec<&'t str>,
}

/// Parses a template, or returns a clause that describes its fault. The fragment of a path is never sent, so it has no
/// parameters.
pub(super) fn parse(text: &str) -> Result<Template<'_>, &'static str> {
    let mut template = Template::default();
    let mut rest = text.split('#').next().unwrap_or_default();
    while let Some((before, after)) = rest.split_once('{') {
        if before.contains('}') {
            break;
        }
        let Some((name, after)) = after.split_once('}') else {
            return Err("has a `{` without a `}`");
        };
        if name.is_empty() {
            return Err("has a parameter without a name: `{}`");
        }
        if name.contains(['{', '/']) {
            return Err("has a `{` without a `}`");
        }
        if !template.names.contains(&name) {
            template.names.push(name);
        } else if !template.repeated.contains(&name) {
            template.repeated.push(name);
        }
        rest = after;
    }
    if rest.contains('}') {
        return Err("has a `}` without a `{`");
    }
    Ok(template)
}
