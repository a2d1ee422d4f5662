bash setup.sh
cd bakery

git merge summer || {
  sed -i -e '/^<<<<<<</d' -e '/^=======/,/^bread 420/d' -e '/^>>>>>>>/d' prices.txt
  git commit -a -m "Merge the summer menu"
}
git branch -d summer
