/**
 * Words that are spelled one way in the United States and another way in the United Kingdom. Only words that mean the same
 * in both are here: "check", "meter", "license" and "practice" are words of their own in the United Kingdom, so they are
 * among those that are changed in one direction alone.
 */

/** Stems before `or` and `our`. */
const orStems =
  "arb ard arm behavi cand clam col demean endeav fav ferv flav harb hon hum lab neighb od parl ranc rig rum sav savi splend tum val vap vig";

/** Endings of the words in `or`. */
const orEndings = ["", "s", "ed", "ing"];

const orForms: readonly (readonly [us: string, uk: string])[] = orStems
  .split(" ")
  .flatMap((stem) => orEndings.map((ending) => [`${stem}or${ending}`, `${stem}our${ending}`] as const));

/** Verbs in `ize` that are usual in meetings; in the United Kingdom `ise`. */
const izeStems =
  "apolog author capital categor central character civil commercial computer critic custom decentral digit econom emphas equal familiar final formal general harmon hospital item legal local material maxim memor minim mobil modern monet natural neutral optim organ patron penal popular prior privat public random real recogn reorgan revital scrutin special stabil standard steril subsid summar symbol sympath util visual winter".split(
    " ",
  );
const izeEndings = ["e", "ed", "es", "ing", "er", "ers", "ation", "ations"];
const izeForms = izeStems.flatMap((stem) =>
  izeEndings.map((ending) => [`${stem}iz${ending}`, `${stem}is${ending}`] as const),
);

/** Verbs that double an `l` in the United Kingdom. */
const doubled = "cancel channel counsel fuel label level marshal model panel pencil signal total travel tunnel".split(
  " ",
);
const doubledForms = doubled.flatMap((stem) =>
  ["ed", "ing", "er", "ers"].map((ending) => [`${stem}${ending}`, `${stem}l${ending}`] as const),
);

const others: readonly (readonly [us: string, uk: string])[] = [
  ["acknowledgment", "acknowledgement"],
  ["aging", "ageing"],
  ["aluminum", "aluminium"],
  ["analyze", "analyse"],
  ["analyzed", "analysed"],
  ["analyzing", "analysing"],
  ["artifact", "artefact"],
  ["artifacts", "artefacts"],
  ["behavioral", "behavioural"],
  ["catalog", "catalogue"],
  ["catalogs", "catalogues"],
  ["center", "centre"],
  ["centers", "centres"],
  ["centered", "centred"],
  ["centimeter", "centimetre"],
  ["centimeters", "centimetres"],
  ["colorful", "colourful"],
  ["councilor", "councillor"],
  ["councilors", "councillors"],
  ["counselor", "counsellor"],
  ["counselors", "counsellors"],
  ["defense", "defence"],
  ["defenses", "defences"],
  ["enroll", "enrol"],
  ["enrollment", "enrolment"],
  ["favorable", "favourable"],
  ["favorably", "favourably"],
  ["favorite", "favourite"],
  ["favorites", "favourites"],
  ["fiber", "fibre"],
  ["fulfill", "fulfil"],
  ["fulfillment", "fulfilment"],
  ["gray", "grey"],
  ["harborside", "harbourside"],
  ["honorable", "honourable"],
  ["honorably", "honourably"],
  ["installment", "instalment"],
  ["installments", "instalments"],
  ["jewelry", "jewellery"],
  ["judgment", "judgement"],
  ["judgments", "judgements"],
  ["kilometer", "kilometre"],
  ["kilometers", "kilometres"],
  ["liter", "litre"],
  ["liters", "litres"],
  ["maneuver", "manoeuvre"],
  ["maneuvers", "manoeuvres"],
  ["misdemeanor", "misdemeanour"],
  ["misdemeanors", "misdemeanours"],
  ["mold", "mould"],
  ["neighborhood", "neighbourhood"],
  ["neighborhoods", "neighbourhoods"],
  ["neighborly", "neighbourly"],
  ["offense", "offence"],
  ["offenses", "offences"],
  ["paralyze", "paralyse"],
  ["paralyzed", "paralysed"],
  ["plow", "plough"],
  ["plowed", "ploughed"],
  ["plowing", "ploughing"],
  ["plows", "ploughs"],
  ["skeptical", "sceptical"],
  ["skillful", "skilful"],
  ["snowplow", "snowplough"],
  ["sulfur", "sulphur"],
  ["theater", "theatre"],
  ["theaters", "theatres"],
  ["unfavorable", "unfavourable"],
];

/** Only to the spelling of the United States: its word has a second meaning in the United Kingdom. */
const onlyToUs: readonly (readonly [us: string, uk: string])[] = [
  ["check", "cheque"],
  ["checks", "cheques"],
  ["curb", "kerb"],
  ["curbs", "kerbs"],
  ["curbside", "kerbside"],
  ["license", "licence"],
  ["licenses", "licences"],
  ["meters", "metres"],
  ["meter", "metre"],
  ["practice", "practise"],
  ["practiced", "practised"],
  ["practicing", "practising"],
  ["program", "programme"],
  ["programs", "programmes"],
  ["story", "storey"],
  ["stories", "storeys"],
  ["tire", "tyre"],
  ["tires", "tyres"],
];

const both = [...orForms, ...izeForms, ...doubledForms, ...others];

/** By the word to change, in lower case. */
export const toUsSpelling: ReadonlyMap<string, string> = new Map([...both, ...onlyToUs].map(([us, uk]) => [uk, us]));
export const toUkSpelling: ReadonlyMap<string, string> = new Map(both);
