// User name and password.

import {
  EuiButton,
  EuiCallOut,
  EuiFieldPassword,
  EuiFieldText,
  EuiForm,
  EuiFormRow,
  EuiSpacer,
} from "@elastic/eui";
import { useState } from "react";

import { ApiError, login } from "../api/index.js";

/** @param {{ onLogin: (username: string) => void }} props */
export function LoginForm({ onLogin }) {
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [isRunning, setIsRunning] = useState(false);
  const [failure, setFailure] = useState("");

  /** @param {React.FormEvent} event */
  async function submit(event) {
    event.preventDefault();
    if (username === "" || password === "") {
      setFailure("Enter the username and the password.");
      return;
    }
    setIsRunning(true);
    setFailure("");
    try {
      onLogin((await login({ username, password })).username);
    } catch (error) {
      const isWrong = error instanceof ApiError && error.statusCode === 401;
      setFailure(
        isWrong ? "The username or the password is wrong." : String(Object(error).message),
      );
      setIsRunning(false);
    }
  }

  return (
    <EuiForm component="form" onSubmit={submit}>
      <EuiSpacer size="m" />
      {failure && (
        <>
          <EuiCallOut announceOnMount title={failure} color="danger" iconType="error" size="s" />
          <EuiSpacer size="m" />
        </>
      )}
      <EuiFormRow label="Username" fullWidth>
        <EuiFieldText
          fullWidth
          name="username"
          autoComplete="username"
          autoFocus
          value={username}
          onChange={(event) => setUsername(event.target.value)}
          data-test-subj="loginUsername"
        />
      </EuiFormRow>
      <EuiFormRow label="Password" fullWidth>
        <EuiFieldPassword
          fullWidth
          type="dual"
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          data-test-subj="loginPassword"
        />
      </EuiFormRow>
      <EuiSpacer size="l" />
      <EuiButton type="submit" fill fullWidth isLoading={isRunning} data-test-subj="loginSubmit">
        Log in
      </EuiButton>
      <EuiSpacer size="m" />
    </EuiForm>
  );
}
