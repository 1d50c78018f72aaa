// Who is logged in. A session that ends in the middle of work is begun again in a dialog above it.

import { EuiModal, EuiModalBody, EuiModalHeader, EuiModalHeaderTitle, EuiText } from "@elastic/eui";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";

import { ApiError, getUser, onLoginNeeded, logout as requestLogout } from "../api/index.js";
import { ErrorState } from "../parts/error_state.jsx";
import { Loading } from "../parts/loading.jsx";
import { makeContext } from "../parts/make_context.js";
import { LoginForm } from "./login_form.jsx";
import { LoginPage } from "./login_page.jsx";
import { useUnsaved } from "./unsaved.jsx";

/** @typedef {{ username: string, logout: () => Promise<void> }} Session */

/** @typedef {{ resolve: () => void, reject: (error: Error) => void }} Waiting */

const context = /** @type {typeof makeContext<Session>} */ (makeContext)("SessionProvider");

/**
 * Shows its children to those who are logged in, and the login to all others.
 * @param {{ children: React.ReactNode }} props
 */
export function SessionProvider({ children }) {
  const [username, setUsername] = useState(/** @type {string | null | undefined} */ (undefined));
  const [error, setError] = useState(/** @type {Error | undefined} */ (undefined));
  const { expired, resume, abandon } = useExpiry();
  const { ask } = useUnsaved();

  const find = useCallback(() => {
    setError(undefined);
    getUser().then(
      (user) => setUsername(user.username),
      (failure) => {
        if (failure instanceof ApiError && failure.statusCode === 401) setUsername(null);
        else setError(failure);
      },
    );
  }, []);
  useEffect(find, [find]);

  const session = useMemo(
    () => ({
      username: username ?? "",
      async logout() {
        await requestLogout();
        setUsername(null);
      },
    }),
    [username],
  );

  if (error) return <ErrorState error={error} retry={find} />;
  if (username === undefined) return <Loading what="the console" />;
  if (username === null) return <LoginPage onLogin={setUsername} />;
  /** @param {string} name */
  const goOn = (name) => {
    setUsername(name);
    resume();
  };
  const leave = () => {
    abandon();
    setUsername(null);
  };
  return (
    <context.Provider value={session}>
      {children}
      {expired && <ExpiredModal onLogin={goOn} leave={() => ask(leave)} />}
    </context.Provider>
  );
}

export const useSession = context.use;

/** Whether requests wait for a login, and the ways to let them go on or give them up. */
function useExpiry() {
  const [expired, setExpired] = useState(false);
  const waiting = useRef(/** @type {Waiting[]} */ ([]));
  useEffect(() => {
    onLoginNeeded(
      () =>
        new Promise((resolve, reject) => {
          waiting.current.push({ resolve, reject });
          setExpired(true);
        }),
    );
  }, []);
  const resume = useCallback(() => {
    setExpired(false);
    for (const { resolve } of waiting.current.splice(0)) resolve();
  }, []);
  const abandon = useCallback(() => {
    setExpired(false);
    const error = new ApiError(401, "The session has ended.");
    for (const { reject } of waiting.current.splice(0)) reject(error);
  }, []);
  return { expired, resume, abandon };
}

/** @param {{ onLogin: (username: string) => void, leave: () => void }} props */
function ExpiredModal({ onLogin, leave }) {
  const newest = useRef(onLogin);
  newest.current = onLogin;
  useEffect(() => {
    // The user may have logged in in another tab.
    const lookAgain = () =>
      getUser().then(
        ({ username }) => newest.current(username),
        () => undefined,
      );
    window.addEventListener("focus", lookAgain);
    return () => window.removeEventListener("focus", lookAgain);
  }, []);
  return (
    <EuiModal onClose={leave} aria-labelledby="expired-title" data-test-subj="sessionExpiredModal">
      <EuiModalHeader>
        <EuiModalHeaderTitle id="expired-title">Your session has ended</EuiModalHeaderTitle>
      </EuiModalHeader>
      <EuiModalBody>
        <EuiText size="s">
          <p>Log in to go on where you were.</p>
        </EuiText>
        <LoginForm onLogin={onLogin} />
      </EuiModalBody>
    </EuiModal>
  );
}
