// What lies above what: a dialog above every flyout, those that were opened from a flyout too.

import { useEuiTheme } from "@elastic/eui";
import { Global } from "@emotion/react";

export function Stacking() {
  const { levels } = useEuiTheme().euiTheme;
  return <Global styles={{ "body .euiOverlayMask": { zIndex: levels.modal } }} />;
}
