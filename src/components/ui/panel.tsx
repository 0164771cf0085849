import { Component, type ErrorInfo, type ReactNode, useId } from 'react';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import styles from './panel.module.css';

/** What a panel says when its content fails. */
export interface PanelMessages {
  readonly panelFailed: (title: string) => string;
  readonly tryAgain: string;
}

/** Properties of an error boundary. */
export interface ErrorBoundaryProps {
  readonly children: ReactNode;
  /** What to show instead; `retry` renders the children afresh. */
  readonly fallback: (error: Error, retry: () => void) => ReactNode;
  /** Told of each failure. */
  readonly onError?: (error: Error, info: ErrorInfo) => void;
  /** Renders the children afresh whenever this changes, so that a new network is not punished for the last one. */
  readonly resetKey?: string;
}

interface ErrorBoundaryState {
  readonly error: Error | null;
  readonly resetKey: string | undefined;
}

/** Keeps a failure while rendering inside itself. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<ErrorBoundaryState> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  static getDerivedStateFromProps(
    { resetKey }: ErrorBoundaryProps,
    state: ErrorBoundaryState,
  ): Partial<ErrorBoundaryState> | null {
    return resetKey === state.resetKey ? null : { error: null, resetKey };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    this.props.onError?.(error, info);
  }

  readonly retry = (): void => this.setState({ error: null });

  override render(): ReactNode {
    const { error } = this.state;
    return error ? this.props.fallback(error, this.retry) : this.props.children;
  }
}

/** Properties of a panel. */
export interface PanelProps {
  readonly title: string;
  /** Hides the title from sight; it still names the region. */
  readonly titleHidden?: boolean;
  /** Controls that stand opposite the title. */
  readonly actions?: ReactNode;
  readonly messages: PanelMessages;
  readonly resetKey?: string;
  readonly onError?: (error: Error, info: ErrorInfo) => void;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A named part of the page that can fail without taking the rest with it. */
export function Panel({
  title,
  titleHidden = false,
  actions,
  messages,
  resetKey,
  onError,
  className,
  children,
}: PanelProps) {
  const id = useId();
  return (
    <section
      className={classNames(styles.panel, className)}
      {...(titleHidden ? { 'aria-label': title } : { 'aria-labelledby': id })}
    >
      {titleHidden && !actions ? null : (
        <header className={styles.header}>
          {titleHidden ? null : (
            <h2 id={id} className={styles.title}>
              {title}
            </h2>
          )}
          {actions ? <div className={styles.actions}>{actions}</div> : null}
        </header>
      )}
      <ErrorBoundary
        {...(resetKey === undefined ? {} : { resetKey })}
        {...(onError ? { onError } : {})}
        fallback={(error, retry) => (
          <div role="alert" className={styles.failure}>
            <p>{messages.panelFailed(title)}</p>
            <p className={styles.detail}>{error.message}</p>
            <Button onClick={retry}>{messages.tryAgain}</Button>
          </div>
        )}
      >
        {children}
      </ErrorBoundary>
    </section>
  );
}
