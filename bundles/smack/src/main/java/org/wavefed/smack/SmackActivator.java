// SPDX-License-Identifier: Apache-2.0
package org.wavefed.smack;

import java.util.List;
import org.jivesoftware.smack.Smack;
import org.jivesoftware.smack.SmackConfiguration;
import org.jivesoftware.smack.xml.SmackXmlParser;
import org.jivesoftware.smack.xml.stax.StaxXmlPullParserFactory;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Sets Smack up when the bundle starts; the framework withdraws the service when it stops. */
public final class SmackActivator implements BundleActivator {
  /**
   * Parts of Smack for chat clients. A wave service wants none of their listeners and providers.
   */
  private static final List<String> NOT_WANTED =
      List.of(
          "org.jivesoftware.smack.roster",
          "org.jivesoftware.smackx.caps",
          "org.jivesoftware.smackx.bytestreams",
          "org.jivesoftware.smackx.filetransfer",
          "org.jivesoftware.smackx.vcardtemp",
          "org.jivesoftware.smackx.xhtmlim",
          "org.jivesoftware.smackx.muc",
          "org.jivesoftware.smackx.iqlast",
          "org.jivesoftware.smackx.iqversion",
          "org.jivesoftware.smackx.time",
          "org.jivesoftware.smackx.commands",
          "org.jivesoftware.smackx.iqregister",
          "org.jivesoftware.smackx.ox");

  @Override
  public void start(BundleContext context) {
    // The parser first: Smack would look for it by ServiceLoader, which sees nothing in OSGi.
    SmackXmlParser.setXmlPullParserFactory(new StaxXmlPullParserFactory());
    NOT_WANTED.forEach(SmackConfiguration::addDisabledSmackClass);
    withOurClassLoader(Smack::ensureInitialized);
    context.registerService(SmackReady.class, new SmackReady(Smack.getVersion()), null);
  }

  @Override
  public void stop(BundleContext context) {
    // Nothing to undo: Smack starts no threads until a connection of its own is opened.
  }

  private static void withOurClassLoader(Runnable task) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(SmackActivator.class.getClassLoader());
    try {
      task.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
