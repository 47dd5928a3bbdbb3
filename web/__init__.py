"""What is not Streamlit: sign-in, the session cookie, security headers, the page shell and health."""
