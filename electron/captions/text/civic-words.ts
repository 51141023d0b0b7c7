/**
 * Words of local government that English dictionaries lack: said in every meeting, and no reason to doubt what was
 * recognized.
 */

const offices =
  "councilmember councilmembers councilperson councilpersons alderperson alderpersons alderpeople boardmember boardmembers " +
  "committeemember committeemembers committeeperson assemblymember assemblymembers assemblyperson selectboard " +
  "selectperson selectwoman selectwomen ombudsperson ombudspersons vicechair workgroup workgroups";
const procedures =
  "recusal recusals rulemaking tempore workplan workplans charrette charrettes districtwide townwide schoolwide " +
  "livestream livestreamed livestreaming videoconference videoconferencing rfp rfps rfq rfqs cdbg tif tifs";
const planning =
  "upzone upzoned upzoning downzone downzoned downzoning prezoning rezonings streetscape streetscapes placemaking " +
  "walkable walkability greenway greenways bikeway bikeways trailhead trailheads townhome townhomes fourplex fourplexes " +
  "multiuse multimodal microtransit paratransit planholder planholders brownfields adu adus";
const works = "stormwater sewershed floodway floodways sealcoat sealcoated sealcoating chipseal curbcut curbcuts";

const civicWords: ReadonlySet<string> = new Set([offices, procedures, planning, works].join(" ").split(" "));

/** True for a word of local government, or its possessive. @param word in lower case, without punctuation around it */
export const isCivicWord = (word: string): boolean => civicWords.has(word.replace(/['’]s?$/, ""));
