/**
 * English words that nobody wants to read in the captions of a public meeting: what recognizers write for a word that sounds
 * like it ("pubic" for "public", "incest" for "invest"), profanity and slurs. Words that also have an ordinary meaning in
 * local government ("sex offender", "rape kit", "hoe") are left out: a mark on each of those would teach people to ignore it.
 */

/** Whole words. */
const anatomy =
  "pubic pubes pubis penis penises penile vagina vaginas vaginal anus anal anally rectal erection erections testicle " +
  "testicles testes scrotum semen genital genitals genitalia boob boobs boobies tit tits nipple nipples ass asses arse arses";
const sexual =
  "orgasm orgasms orgasmic orgy orgies incest incestuous condom condoms dildo dildos boner boners horny porn porno porns " +
  "pornographic masturbate masturbates masturbated masturbating masturbation ejaculate ejaculates ejaculated ejaculating " +
  "ejaculation sodomy sodomize whore whores slut sluts slutty";
const slurs =
  "nigger niggers nigga niggas faggot faggots fag fags kike kikes spic spics wetback wetbacks chink chinks gook gooks " +
  "tranny trannies retarded";
const profanity =
  "bastard bastards bitch bitches bitching bitchy cunt cunts crap crappy goddamn goddamned goddammit piss pissed pisses pissing " +
  "prick pricks pussy pussies wanker wankers twat twats";

/** The beginnings of words that are never wanted, whatever follows. */
const stems = /^(?:fuck|motherfuck|shit|bullshit|horseshit|asshole|arsehole|jackass|dumbass|dickhead|cocksuck|blowjob)/;
/** Ordinary words that begin like those. */
const ordinary: ReadonlySet<string> = new Set("shitake shittim".split(" "));

/** People and streets have these names; only what is written in lower case is meant here. */
const alsoNames: ReadonlySet<string> = new Set("dick dicks cock cocks hooker hookers fanny dyke dykes".split(" "));

const words: ReadonlySet<string> = new Set([anatomy, sexual, slurs, profanity].join(" ").split(" "));

/** @param written one word without punctuation around it, as it is written */
function isEmbarrassingWord(written: string): boolean {
  const plain = written
    .normalize("NFC")
    .toLowerCase()
    .replace(/['’]s?$/u, "");
  if (words.has(plain) || (stems.test(plain) && !ordinary.has(plain))) return true;
  return alsoNames.has(plain) && written === written.toLowerCase();
}

/** Embarrassing words of a text, as they are written, each once. Parts of a compound count by themselves. */
export function findEmbarrassingWords(text: string): readonly string[] {
  const found = text.match(/[\p{L}\p{N}\p{M}]+(?:['’][\p{L}]+)*/gu) ?? [];
  return [...new Set(found.filter(isEmbarrassingWord))];
}
