// One script for every page: which page it is, is told by the data that it holds.

import { startBrief } from "./brief/main";
import { startCheckUp } from "./checkup/main";

if (document.getElementById("sp-checkup")) startCheckUp();
else startBrief();
