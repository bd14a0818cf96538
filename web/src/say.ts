// What the brief's script says. English stands in the code; the page brings its own language's words.

type Filling = Readonly<Record<string, string | number>>;
/** Words, or words for each kind of count of `{n}` that the language has, in the order of KINDS. */
type Words = Readonly<Record<string, string | readonly string[]>>;

const KINDS: readonly Intl.LDMLPluralRule[] = ["zero", "one", "two", "few", "many", "other"];

let words: Words | undefined;

function wordsOf(): Words {
  const text = document.getElementById("sp-words")?.textContent;
  return text ? JSON.parse(text) as Words : {};
}

function counted(forms: readonly string[], n: string | number): string | undefined {
  const rules = new Intl.PluralRules(document.documentElement.lang);
  const kinds = KINDS.filter((kind) => rules.resolvedOptions().pluralCategories.includes(kind));
  return forms[kinds.indexOf(rules.select(Number(String(n).replaceAll(",", ""))))];
}

/** Say a sentence in the page's language, with `{values}` filled in. */
export function say(english: string, filling: Filling = {}): string {
  words ??= wordsOf();
  const entry = words[english] ?? english;
  const text = typeof entry === "string" ? entry : counted(entry, filling.n ?? 0) ?? english;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(filling[name] ?? whole));
}
