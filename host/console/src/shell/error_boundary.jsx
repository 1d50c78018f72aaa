// Shows what is left of the page when a part of it breaks, instead of nothing.

import { EuiButton, EuiEmptyPrompt } from "@elastic/eui";
import { Component } from "react";

/** @extends {Component<{ children: React.ReactNode }, { broken: boolean }>} */
export class ErrorBoundary extends Component {
  /** @override */
  state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  /** @override */
  render() {
    if (!this.state.broken) return this.props.children;
    return (
      <EuiEmptyPrompt
        color="danger"
        iconType="error"
        title={<h2>This part of the page has failed</h2>}
        body={<p>What is saved is safe. Load the page anew to go on.</p>}
        actions={
          <EuiButton color="danger" fill onClick={() => window.location.reload()}>
            Load anew
          </EuiButton>
        }
      />
    );
  }
}
