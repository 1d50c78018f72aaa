// The bar at the top: views, colors, user. On narrow screens the views fold into a menu.

import {
  EuiButtonEmpty,
  EuiHeader,
  EuiHeaderLink,
  EuiHeaderLinks,
  EuiHeaderSectionItem,
  EuiHeaderSectionItemButton,
  EuiIcon,
  EuiToolTip,
} from "@elastic/eui";

import { ColorModeMenu } from "./color_mode_menu.jsx";
import { useLink, useRouter } from "./router.jsx";
import { useSession } from "./session.jsx";

export const VIEWS = [
  { path: "/connectors", title: "Connectors" },
  { path: "/playground", title: "Playground" },
  { path: "/events", title: "Events" },
];

export function Header() {
  const { username, logout } = useSession();
  const home = useLink("/connectors");
  return (
    <header>
      <EuiHeader>
        <EuiHeaderSectionItem>
          <EuiButtonEmpty {...home} color="text" iconType="bell" size="s">
            <strong>ServiceNow ITSM</strong>
          </EuiButtonEmpty>
        </EuiHeaderSectionItem>
        <EuiHeaderSectionItem>
          <EuiHeaderLinks aria-label="Views" popoverProps={{ "aria-label": "Views" }}>
            {VIEWS.map((view) => (
              <ViewLink key={view.path} {...view} />
            ))}
          </EuiHeaderLinks>
          <ColorModeMenu />
          <EuiToolTip content={`Log out ${username}`} disableScreenReaderOutput>
            <EuiHeaderSectionItemButton
              aria-label={`Log out ${username}`}
              onClick={() => logout()}
              data-test-subj="logout"
            >
              <EuiIcon type="logOut" aria-hidden />
            </EuiHeaderSectionItemButton>
          </EuiToolTip>
        </EuiHeaderSectionItem>
      </EuiHeader>
    </header>
  );
}

/** @param {{ path: string, title: string }} props */
function ViewLink({ path, title }) {
  const { path: current } = useRouter();
  const isActive = current === path || current.startsWith(`${path}/`);
  return (
    <EuiHeaderLink
      isActive={isActive}
      aria-current={isActive ? "page" : undefined}
      {...useLink(path)}
    >
      {title}
    </EuiHeaderLink>
  );
}
