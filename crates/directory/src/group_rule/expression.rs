//! The language of rules, kept so small that to parse and to evaluate a rule takes little time, whoever wrote it.

use std::iter::once;
use std::sync::{Arc, LazyLock};

use cel::common::ast::{EntryExpr, Expr};
use cel::{Context, Env, ExecutionError, IdedExpr, ParseErrors, Value};

use super::mistake::RuleMistake;

/// How deeply the parts of a rule may be nested: each level takes stack.
const DEEPEST: u16 = 16;

/// CEL without its macros (`all`, `exists`, `map` and their like): they are loops, and a thousand characters of loops
/// within loops would never end. Without them a rule takes time and memory by its length.
static LANGUAGE: LazyLock<Arc<Env>> = LazyLock::new(|| Arc::new(Env::default().with_stdlib()));

/// A rule that was read.
pub(super) struct Expression(IdedExpr);

impl Expression {
    /// Parses a rule, or says why it is none.
    pub(super) fn parse(rule: &str) -> Result<Self, RuleMistake> {
        // Counted before anything is read, because reading takes stack for each bracket.
        if brackets(rule) > usize::from(DEEPEST) {
            return Err(RuleMistake::TooDeep);
        }
        let parser = LANGUAGE.parser().max_recursion_depth(DEEPEST);
        let parsed = parser.parse(rule).map_err(|errors| misread(rule, &errors))?;
        if is_deeper(&parsed, DEEPEST) { Err(RuleMistake::TooDeep) } else { Ok(Self(parsed)) }
    }

    /// Evaluates the rule with these values for these names; an error says why it has no answer.
    pub(super) fn holds<'a>(
        &self,
        values: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> Result<bool, RuleMistake> {
        match Value::resolve(&self.0, &context(values)) {
            Ok(Value::Bool(answer)) => Ok(answer),
            Ok(_) => Err(RuleMistake::NotTrueOrFalse),
            Err(ExecutionError::UndeclaredReference(name)) => {
                Err(RuleMistake::UnknownFunction(name.to_string()))
            }
            Err(_) => Err(RuleMistake::NoAnswer),
        }
    }

    /// Makes sure that no part of the rule uses another name than these, or calls a function that does not exist. To
    /// evaluate the whole rule once would not show it, because `&&` stops at what is false.
    pub(super) fn try_out(&self, values: &[(&str, &str)]) -> Result<(), RuleMistake> {
        if let Some(mistake) = foreign_name(&self.0, values) {
            return Err(mistake);
        }
        let missing = missing_function(&self.0, &context(values.iter().copied()));
        missing.map_or(Ok(()), |name| Err(RuleMistake::UnknownFunction(name)))
    }
}

fn context<'a>(values: impl Iterator<Item = (&'a str, &'a str)>) -> Context<'static, 'static> {
    let mut context = Context::with_env(Arc::clone(&LANGUAGE));
    for (name, value) in values {
        context.add_variable_from_value(name, value);
    }
    context
}

/// The first name in an expression that is none of the known ones.
fn foreign_name(expression: &IdedExpr, known: &[(&str, &str)]) -> Option<RuleMistake> {
    let is_known = |name: &str| known.iter().any(|(known, _)| *known == name);
    match &expression.expr {
        Expr::Ident(name) => (!is_known(name)).then(|| RuleMistake::UnknownAttribute(name.clone())),
        Expr::Select(select) => match &select.operand.expr {
            Expr::Ident(prefix) if !is_known(prefix) && is_known(&select.field) => {
                Some(RuleMistake::Prefixed { prefix: prefix.clone(), attribute: select.field.clone() })
            }
            _ => foreign_name(&select.operand, known),
        },
        other => parts(other).into_iter().find_map(|part| foreign_name(part, known)),
    }
}

/// The first function that any part of an expression calls and that does not exist.
fn missing_function(expression: &IdedExpr, context: &Context<'_, '_>) -> Option<String> {
    match Value::resolve(expression, context) {
        Err(ExecutionError::UndeclaredReference(name)) => Some(name.to_string()),
        _ => parts(&expression.expr).into_iter().find_map(|part| missing_function(part, context)),
    }
}

/// Why a rule could not be parsed. Where the parser names no place, the rule is too deep for it.
fn misread(rule: &str, errors: &ParseErrors) -> RuleMistake {
    let place = errors.errors.iter().find_map(|error| character(rule, error.pos));
    place.map_or(RuleMistake::TooDeep, |character| RuleMistake::Syntax { character })
}

/// Which character of a text stands at this line and column; all three are counted from 1.
fn character(text: &str, (line, column): (isize, isize)) -> Option<usize> {
    let lines_before = usize::try_from(line).ok()?.checked_sub(1)?;
    let before: usize = text.split('\n').take(lines_before).map(|line| line.chars().count() + 1).sum();
    Some(before + usize::try_from(column).ok()?)
}

/// How many brackets are open at most at once; those in texts count too.
fn brackets(rule: &str) -> usize {
    let opened = rule.chars().scan(0_usize, |open, c| {
        match c {
            '(' | '[' | '{' => *open += 1,
            ')' | ']' | '}' => *open = open.saturating_sub(1),
            _ => {}
        }
        Some(*open)
    });
    opened.max().unwrap_or_default()
}

fn is_deeper(expression: &IdedExpr, than: u16) -> bool {
    let Some(left) = than.checked_sub(1) else { return true };
    parts(&expression.expr).into_iter().any(|part| is_deeper(part, left))
}

fn parts(expression: &Expr) -> Vec<&IdedExpr> {
    match expression {
        Expr::Call(call) => call.target.as_deref().into_iter().chain(&call.args).collect(),
        Expr::Select(select) => vec![&select.operand],
        Expr::List(list) => list.elements.iter().collect(),
        Expr::Map(map) => map.entries.iter().flat_map(|entry| values(&entry.expr)).collect(),
        Expr::Struct(made) => made.entries.iter().flat_map(|entry| values(&entry.expr)).collect(),
        // Without macros there are no comprehensions.
        Expr::Comprehension(_) | Expr::Ident(_) | Expr::Literal(_) | Expr::Unspecified => Vec::new(),
    }
}

fn values(entry: &EntryExpr) -> Vec<&IdedExpr> {
    match entry {
        EntryExpr::StructField(field) => vec![&field.value],
        EntryExpr::MapEntry(pair) => once(&pair.key).chain(once(&pair.value)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{GroupRule, MAX_RULE};
    use super::character;

    fn is_refused(typed: &str) -> bool {
        assert!(typed.len() <= MAX_RULE, "{}", typed.len());
        GroupRule::parse(typed).is_err()
    }

    #[test]
    fn a_rule_has_no_loops_that_would_never_end() {
        let within = (0..30).fold("true".to_owned(), |inner, _| format!("[1,1,1,1,1,1,1,1].all(i,{inner})"));
        let doubling = (0..80).fold("['ab']".to_owned(), |list, _| format!("{list}.map(i,i+i)"));
        assert!(is_refused(&within) && is_refused(&format!("{doubling} == []")));
        assert!(is_refused("[kind].exists(k, k == 'member')"));
    }

    #[test]
    fn a_place_is_counted_over_all_lines() {
        assert_eq!(character("kind ==\n  ==", (2, 3)), Some(11));
        assert_eq!(character("kind", (0, 0)), None);
    }

    #[test]
    fn a_rule_of_thousand_characters_does_not_use_up_the_stack() {
        let chains = [
            format!("{}1 == 491", "1+".repeat(490)),
            format!("[true]{}", "[0]".repeat(330)),
            format!("kind{} == ''", ".a".repeat(490)),
            format!("{}true", "true?true:".repeat(99)),
            format!("{}true{}", "(".repeat(490), ")".repeat(490)),
            format!("{}{} == []", "[".repeat(490), "]".repeat(490)),
        ];
        for chain in chains {
            assert!(is_refused(&chain), "{chain}");
        }
        assert!(!is_refused("((((kind == 'member' && (country == 'NL' || country == 'BE')))))"));
    }
}
