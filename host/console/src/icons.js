// The icons that the page uses, loaded with it. EUI would load each one when it is first drawn: the
// page would flicker, and an icon would be missing where the host is just then stopped.

import { icon as apps } from "@elastic/eui/es/components/icon/assets/apps";
import { icon as bell } from "@elastic/eui/es/components/icon/assets/bell";
import { icon as bolt } from "@elastic/eui/es/components/icon/assets/bolt";
import { icon as check } from "@elastic/eui/es/components/icon/assets/check";
import { icon as checkCircle } from "@elastic/eui/es/components/icon/assets/check_circle";
import { icon as chevronLimitLeft } from "@elastic/eui/es/components/icon/assets/chevron_limit_left";
import { icon as chevronLimitRight } from "@elastic/eui/es/components/icon/assets/chevron_limit_right";
import { icon as chevronSingleDown } from "@elastic/eui/es/components/icon/assets/chevron_single_down";
import { icon as chevronSingleLeft } from "@elastic/eui/es/components/icon/assets/chevron_single_left";
import { icon as chevronSingleRight } from "@elastic/eui/es/components/icon/assets/chevron_single_right";
import { icon as chevronSingleUp } from "@elastic/eui/es/components/icon/assets/chevron_single_up";
import { icon as clock } from "@elastic/eui/es/components/icon/assets/clock";
import { icon as copy } from "@elastic/eui/es/components/icon/assets/copy";
import { icon as cross } from "@elastic/eui/es/components/icon/assets/cross";
import { icon as crossCircle } from "@elastic/eui/es/components/icon/assets/cross_circle";
import { icon as display } from "@elastic/eui/es/components/icon/assets/display";
import { icon as document } from "@elastic/eui/es/components/icon/assets/document";
import { icon as documents } from "@elastic/eui/es/components/icon/assets/documents";
import { icon as dot } from "@elastic/eui/es/components/icon/assets/dot";
import { icon as download } from "@elastic/eui/es/components/icon/assets/download";
import { icon as ellipsis } from "@elastic/eui/es/components/icon/assets/ellipsis";
import { icon as empty } from "@elastic/eui/es/components/icon/assets/empty";
import { icon as error } from "@elastic/eui/es/components/icon/assets/error";
import { icon as external } from "@elastic/eui/es/components/icon/assets/external";
import { icon as eye } from "@elastic/eui/es/components/icon/assets/eye";
import { icon as eyeSlash } from "@elastic/eui/es/components/icon/assets/eye_slash";
import { icon as flask } from "@elastic/eui/es/components/icon/assets/flask";
import { icon as fullScreen } from "@elastic/eui/es/components/icon/assets/full_screen";
import { icon as fullScreenExit } from "@elastic/eui/es/components/icon/assets/full_screen_exit";
import { icon as info } from "@elastic/eui/es/components/icon/assets/info";
import { icon as key } from "@elastic/eui/es/components/icon/assets/key";
import { icon as lock } from "@elastic/eui/es/components/icon/assets/lock";
import { icon as logOut } from "@elastic/eui/es/components/icon/assets/log_out";
import { icon as magnify } from "@elastic/eui/es/components/icon/assets/magnify";
import { icon as menu } from "@elastic/eui/es/components/icon/assets/menu";
import { icon as minus } from "@elastic/eui/es/components/icon/assets/minus";
import { icon as moon } from "@elastic/eui/es/components/icon/assets/moon";
import { icon as paperClip } from "@elastic/eui/es/components/icon/assets/paper_clip";
import { icon as pencil } from "@elastic/eui/es/components/icon/assets/pencil";
import { icon as play } from "@elastic/eui/es/components/icon/assets/play";
import { icon as plus } from "@elastic/eui/es/components/icon/assets/plus";
import { icon as plusCircle } from "@elastic/eui/es/components/icon/assets/plus_circle";
import { icon as question } from "@elastic/eui/es/components/icon/assets/question";
import { icon as refresh } from "@elastic/eui/es/components/icon/assets/refresh";
import { icon as sortDown } from "@elastic/eui/es/components/icon/assets/sort_down";
import { icon as sortLeft } from "@elastic/eui/es/components/icon/assets/sort_left";
import { icon as sortRight } from "@elastic/eui/es/components/icon/assets/sort_right";
import { icon as sortUp } from "@elastic/eui/es/components/icon/assets/sort_up";
import { icon as sortable } from "@elastic/eui/es/components/icon/assets/sortable";
import { icon as sun } from "@elastic/eui/es/components/icon/assets/sun";
import { icon as trash } from "@elastic/eui/es/components/icon/assets/trash";
import { icon as undo } from "@elastic/eui/es/components/icon/assets/undo";
import { icon as upload } from "@elastic/eui/es/components/icon/assets/upload";
import { icon as user } from "@elastic/eui/es/components/icon/assets/user";
import { icon as warning } from "@elastic/eui/es/components/icon/assets/warning";
import { appendIconComponentCache } from "@elastic/eui/es/components/icon/icon";

appendIconComponentCache({
  chevronLimitRight,
  chevronLimitLeft,
  apps,
  bell,
  bolt,
  check,
  checkCircle,
  chevronSingleDown,
  chevronSingleLeft,
  chevronSingleRight,
  chevronSingleUp,
  clock,
  copy,
  cross,
  crossCircle,
  display,
  document,
  documents,
  dot,
  download,
  ellipsis,
  empty,
  error,
  external,
  eye,
  eyeSlash,
  flask,
  fullScreen,
  fullScreenExit,
  info,
  key,
  lock,
  logOut,
  magnify,
  menu,
  minus,
  moon,
  paperClip,
  pencil,
  play,
  plus,
  plusCircle,
  question,
  refresh,
  sortDown,
  sortLeft,
  sortRight,
  sortUp,
  sortable,
  sun,
  trash,
  undo,
  upload,
  user,
  warning,
});
