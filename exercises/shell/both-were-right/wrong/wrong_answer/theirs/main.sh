# Takes the side of the branch, so that the new price of bread is lost.
bash setup.sh
cd bakery
git merge -q summer
git checkout -q --theirs prices.txt
git add prices.txt
git commit -q -m "Merge the summer menu"
git branch -q -d summer
